using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>A member tells that an invitation was revoked: requests by it are held no longer.</summary>
public sealed record WithdrawInvitation(Caller Caller, ChannelId ChannelId, InvitationId Invitation) : IRequest<Result<InvitationId>>;

public sealed class WithdrawInvitationHandler(ActiveChannels channels, JoinRequests requests, TimeProvider time) : IRequestHandler<WithdrawInvitation, Result<InvitationId>>
{
    public Task<Result<InvitationId>> Handle(WithdrawInvitation request, CancellationToken cancellationToken) =>
        channels.UseAsync<InvitationId>(request.Caller, Verb.Manage, request.ChannelId, channel =>
        {
            if (channel.Look(judged => judged.JudgeInviting(request.Caller.AgentId)) is { } refusal)
                return Task.FromResult<Result<InvitationId>>(refusal);
            requests.Revoke(request.ChannelId, request.Invitation, time.GetUtcNow());
            return Task.FromResult<Result<InvitationId>>(request.Invitation);
        });
}
