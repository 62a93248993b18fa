using MediatR;
using Skytale.Channels;
using Skytale.Protocol;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>An agent takes back its wish to join; there may be none.</summary>
public sealed record WithdrawJoinRequest(Caller Caller, ChannelId ChannelId) : IRequest<Result<ChannelId>>;

public sealed class WithdrawJoinRequestHandler(JoinRequests requests) : IRequestHandler<WithdrawJoinRequest, Result<ChannelId>>
{
    public Task<Result<ChannelId>> Handle(WithdrawJoinRequest request, CancellationToken cancellationToken)
    {
        requests.Withdraw(request.ChannelId, request.Caller.AgentId);
        return Task.FromResult<Result<ChannelId>>(request.ChannelId);
    }
}
