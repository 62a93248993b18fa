using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>
/// Why a channel stands still, if it does: a commit failed here and nobody has decided about it yet, a commit removed this agent
/// and may still be voided, or this agent has to be added again. Meanwhile nothing is sent, and what comes cannot be read. Used under the session's gate.
/// </summary>
internal sealed class ChannelTrouble
{
    // At most three in any hour, as relay and members allow.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1)];

    private int _asked;
    private Epoch? _askedIn;

    /// <summary>The commit that fails here.</summary>
    public FailedCommit? Failed { get; set; }

    /// <summary>The commit that removed this agent, until that stands.</summary>
    public Sequence? RemovedAt { get; set; }

    /// <summary>Why this agent has to be added again; null when it has not.</summary>
    public ReAddingReason? ReAdding { get; private set; }

    /// <summary>When the others are to be asked (again).</summary>
    public DateTimeOffset AskAt { get; private set; }

    /// <summary>Messages that came while nothing could be read.</summary>
    public ulong Unread { get; set; }

    /// <summary>The last epoch that this agent was in and that stands; null: the head's. Joining again leads behind it.</summary>
    public Epoch? LastStanding { get; private set; }

    /// <summary>True while nothing is lost should the commit turn out to be void: nobody was asked.</summary>
    public bool CanGoBack => ReAdding == ReAddingReason.CommitFailed && LastStanding is null && _askedIn is null;

    /// <summary>True when the channel goes on.</summary>
    public bool IsOver => Failed is null && RemovedAt is null && ReAdding is null;

    /// <summary>From now on only a Welcome helps.</summary>
    public void NeedReAdding(ReAddingReason reason, DateTimeOffset now)
    {
        (Failed, RemovedAt) = (null, null);
        if (ReAdding is not null)
            return;
        (ReAdding, AskAt) = (reason, now);
    }

    /// <summary>The others were asked, or the relay would not let it.</summary>
    public void Asked(Epoch epoch, DateTimeOffset now)
    {
        _askedIn = epoch;
        AskAt = now + Pauses[Math.Min(_asked++, Pauses.Length - 1)];
    }

    /// <summary>The channel is in this epoch again: what was asked in a later one was void.</summary>
    public void WentBack(Epoch epoch, DateTimeOffset now)
    {
        if (_askedIn > epoch)
            AskAt = now;
    }

    /// <summary>This agent followed what is void: the last epoch that stands is this one.</summary>
    public void FollowedVoid(Epoch standing) => LastStanding = LastStanding is { } before && before < standing ? before : standing;

    /// <summary>The channel goes on.</summary>
    public void End()
    {
        (Failed, RemovedAt, ReAdding, LastStanding, _askedIn) = (null, null, null, null, null);
        Unread = 0;
    }
}
