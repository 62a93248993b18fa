using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One channel's invitations and the requests that wait by them. Not for concurrent use.</summary>
internal sealed class InvitedChannel
{
    public Dictionary<InvitationId, AnnouncedInvitation> Invitations { get; } = [];

    /// <summary>One an agent, the latest.</summary>
    public Dictionary<AgentId, HeldRequest> Requests { get; } = [];

    public bool IsEmpty => Invitations.Count == 0 && Requests.Count == 0;

    /// <summary>Why nobody joins by this invitation now, or null.</summary>
    public Refusal? Judge(InvitationId invitation, DateTimeOffset now)
    {
        if (!Invitations.TryGetValue(invitation, out var announced))
            return JoinRequests.Unknown;
        return announced.IsLive(now) ? null : new Refusal(ErrorCode.InvitationOver, "The invitation was revoked, or is used up, or has expired.");
    }

    /// <summary>Requests by invitations that are over.</summary>
    public List<HeldRequest> Vain(DateTimeOffset now) => [.. Requests.Values.Where(request => Judge(request.Invitation, now) is not null)];
}
