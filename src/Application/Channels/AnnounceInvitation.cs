using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>A member tells of an invitation: from now on requests to join by it are held.</summary>
/// <param name="Uses">How many agents may still join by it.</param>
public sealed record AnnounceInvitation(Caller Caller, ChannelId ChannelId, InvitationId Invitation, DateTimeOffset ExpiresAt, uint Uses) : IRequest<Result<InvitationId>>;

public sealed class AnnounceInvitationHandler(ActiveChannels channels, JoinRequests requests, TimeProvider time) : IRequestHandler<AnnounceInvitation, Result<InvitationId>>
{
    public Task<Result<InvitationId>> Handle(AnnounceInvitation request, CancellationToken cancellationToken) =>
        channels.UseAsync<InvitationId>(request.Caller, Verb.Manage, request.ChannelId, channel =>
        {
            var refusal = channel.Look(judged => judged.JudgeInviting(request.Caller.AgentId))
                ?? requests.Announce(request.ChannelId, request.Invitation, request.Caller.AccountId, request.ExpiresAt, request.Uses, time.GetUtcNow());
            return Task.FromResult<Result<InvitationId>>(refusal is null ? request.Invitation : refusal);
        });
}
