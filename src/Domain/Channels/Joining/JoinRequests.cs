using Skytale.Accounts;
using Skytale.Groups.Invitations;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

/// <summary>
/// The invitations that members have announced, and who asks to join by them, in memory and within bounds. A request is held
/// only when the invitation's key has signed it: who has no invitation costs the members nothing. Safe for use by several threads.
/// </summary>
public sealed class JoinRequests(ChannelLimits limits)
{
    private const int MaxRemembered = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, InvitedChannel> _channels = [];
    private readonly Allowances<AgentId> _asks = new(limits.JoinAsksPerAgent, MaxRemembered);
    private readonly Tally<AccountId> _announced = new();
    private readonly Tally<AgentId> _held = new();
    private ulong _last;

    /// <summary>How many requests wait.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held.Total;
        }
    }

    internal static Refusal Unknown => new(ErrorCode.UnknownInvitation, "No member that is connected has told the relay of such an invitation to this channel.");

    /// <summary>A member knows of an invitation; one that is known already stays as it is.</summary>
    /// <param name="uses">How many agents may still join by it.</param>
    /// <returns>Null; refuses <see cref="ErrorCode.InvitationOver"/>, <see cref="ErrorCode.LimitReached"/>.</returns>
    public Refusal? Announce(ChannelId channel, InvitationId invitation, AccountId by, DateTimeOffset expiresAt, uint uses, DateTimeOffset now)
    {
        if (uses == 0 || expiresAt <= now)
            return new Refusal(ErrorCode.InvitationOver, "The invitation is used up or has expired.");
        lock (_gate)
        {
            var invited = _channels.GetValueOrDefault(channel) ?? new InvitedChannel();
            if (invited.Invitations.ContainsKey(invitation))
                return invited.Judge(invitation, now);
            Clean(channel, invited, now);
            if (invited.Invitations.Count >= limits.InvitationsPerChannel)
                DropOver(invited, now);
            if (invited.Invitations.Count >= limits.InvitationsPerChannel)
                return ChannelLimits.Reached($"{limits.InvitationsPerChannel} invitations to a channel that may still be used");
            if (_announced.Of(by) >= limits.InvitationsPerAccount || _announced.Total >= limits.Invitations)
                return ChannelLimits.Reached($"{limits.InvitationsPerAccount} invitations of an account, or {limits.Invitations} at the relay");
            invited.Invitations.Add(invitation, new AnnouncedInvitation(by, expiresAt, uses));
            _channels[channel] = invited;
            _announced.Add(by);
            return null;
        }
    }

    /// <summary>A member says that an invitation was revoked; one that is not known is none.</summary>
    public void Revoke(ChannelId channel, InvitationId invitation, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var invited) || !invited.Invitations.TryGetValue(invitation, out var announced))
                return;
            announced.Revoke();
            Clean(channel, invited, now);
        }
    }

    /// <summary>Counts that an agent asks to join, before anything of it is looked at.</summary>
    /// <returns>Null, or <see cref="ErrorCode.RateLimited"/>.</returns>
    public Refusal? TakeAsk(AgentId joiner, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _asks.TryTake(joiner, now)
                ? null
                : new Refusal(ErrorCode.RateLimited, $"This agent asks too often to join; it may in {limits.JoinAsksPerAgent.Interval.TotalSeconds} s at most.");
        }
    }

    /// <summary>Holds a request for the members, in the place of the agent's earlier one for the channel; the same one again changes nothing.</summary>
    /// <returns>
    /// Null; refuses <see cref="ErrorCode.UnknownInvitation"/>, <see cref="ErrorCode.InvitationOver"/>, <see cref="ErrorCode.InvalidKeyPackage"/>,
    /// <see cref="ErrorCode.InvalidJoinRequest"/>, <see cref="ErrorCode.LimitReached"/>.
    /// </returns>
    public Refusal? Hold(AgentId joiner, SendJoinRequest request, DateTimeOffset now)
    {
        lock (_gate)
        {
            if ((_channels.TryGetValue(request.ChannelId, out var known) ? known.Judge(request.Invitation, now) : Unknown) is { } over)
                return over;
        }
        // Signatures are checked outside of the gate; what changes meanwhile, the next repeat of the request meets.
        var keyPackage = JoinRequestRules.Check(request.ChannelId, request.Invitation, joiner, request.KeyPackage, request.Signature, now);
        if (!keyPackage.IsSuccess)
            return keyPackage.Refusal;
        var reference = keyPackage.Value.Reference(CipherSuite.Get(keyPackage.Value.CipherSuite));
        lock (_gate)
        {
            if (!_channels.TryGetValue(request.ChannelId, out var invited))
                return Unknown;
            if (invited.Requests.TryGetValue(joiner, out var before))
            {
                if (before.Reference == reference && before.Invitation == request.Invitation)
                    return null;
                Drop(invited, before);
            }
            Clean(request.ChannelId, invited, now);
            if (invited.Requests.Count >= limits.JoinRequestsPerChannel || _held.Of(joiner) >= limits.JoinRequestsPerAgent || _held.Total >= limits.JoinRequests)
                return ChannelLimits.Reached("requests to join that wait, of this channel, of this agent or of the relay");
            var frame = FrameCodec.Encode(new DeliverJoinRequest(request.ChannelId, request.Invitation, request.KeyPackage, joiner, request.Signature));
            invited.Requests.Add(joiner, new HeldRequest(++_last, request.Invitation, joiner, reference, frame));
            _held.Add(joiner);
            return null;
        }
    }

    /// <summary>An agent takes back its request, if it has one.</summary>
    public void Withdraw(ChannelId channel, AgentId joiner)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(channel, out var invited) && invited.Requests.TryGetValue(joiner, out var held))
                Drop(invited, held);
        }
    }

    /// <summary>A commit was accepted: who was added waits no longer, and the invitation that it names has one use less.</summary>
    public void Follow(ChannelId channel, JudgedCommit commit)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var invited))
                return;
            foreach (var agent in commit.Added)
            {
                if (invited.Requests.TryGetValue(agent, out var held))
                    Drop(invited, held);
            }
            if (Admission.In(commit.Staged.AuthenticatedData) is { } admission && invited.Invitations.TryGetValue(admission.Invitation, out var used))
                used.Use(commit.Added[0], commit.Epoch);
            Clean(channel, invited, commit.At);
        }
    }

    /// <summary>The channel is in this epoch: uses by commits that ended it, or later ones, are void.</summary>
    public void GoBack(ChannelId channel, Epoch epoch)
    {
        lock (_gate)
        {
            foreach (var invitation in _channels.GetValueOrDefault(channel)?.Invitations.Values ?? Enumerable.Empty<AnnouncedInvitation>())
                invitation.GoBack(epoch);
        }
    }

    /// <summary>The requests of a channel that came behind a number, oldest first, as frames with their length; and the newest number.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Frames, ulong Last) Behind(ChannelId channel, ulong number)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var invited))
                return ([], number);
            var fresh = invited.Requests.Values.Where(request => request.Number > number).OrderBy(request => request.Number).ToList();
            return fresh.Count == 0 ? ([], number) : ([.. fresh.Select(request => request.Encoded)], fresh[^1].Number);
        }
    }

    /// <summary>Forgets what has expired.</summary>
    public void RemoveOld(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (channel, invited) in _channels.ToList())
                Clean(channel, invited, now);
        }
    }

    /// <summary>Expired invitations go; those that were revoked or used up are remembered until then, so that who asks is told.</summary>
    private void Clean(ChannelId channel, InvitedChannel invited, DateTimeOffset now)
    {
        foreach (var request in invited.Vain(now))
            Drop(invited, request);
        foreach (var (id, invitation) in invited.Invitations.Where(each => each.Value.ExpiresAt <= now).ToList())
            Forget(invited, id, invitation);
        if (invited.IsEmpty)
            _channels.Remove(channel);
    }

    private void DropOver(InvitedChannel invited, DateTimeOffset now)
    {
        foreach (var (id, invitation) in invited.Invitations.Where(each => !each.Value.IsLive(now)).ToList())
            Forget(invited, id, invitation);
    }

    private void Forget(InvitedChannel invited, InvitationId id, AnnouncedInvitation invitation)
    {
        invited.Invitations.Remove(id);
        _announced.Remove(invitation.By);
    }

    private void Drop(InvitedChannel invited, HeldRequest request)
    {
        invited.Requests.Remove(request.Joiner);
        _held.Remove(request.Joiner);
    }
}
