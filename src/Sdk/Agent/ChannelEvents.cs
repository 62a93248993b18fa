using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Sdk;

/// <summary>An entry of a channel that could not be read here; it was passed over.</summary>
public sealed class RejectedMessage(Sequence sequence, string reason) : EventArgs
{
    /// <summary>Which.</summary>
    public Sequence Sequence { get; } = sequence;

    /// <summary>The rule that it breaks, without content.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Messages were gone at the relay before this agent came for them: it was away too long, or the channel's log was full.</summary>
public sealed class MessagesMissed(ulong count, Sequence through) : EventArgs
{
    /// <summary>How many; for an agent that was added again because commits were gone too: at most.</summary>
    public ulong Count { get; } = count;

    /// <summary>The place of the last of them.</summary>
    public Sequence Through { get; } = through;
}

/// <summary>What befell a channel as a whole; the application need not do anything, but may want to tell a person.</summary>
public abstract class ChannelEvent : EventArgs;

/// <summary>
/// Two members reported different states of one epoch: the channel's members are in different groups, of which each can read
/// only its own. A relay that shows members different commits, or a member that lies, has brought it about.
/// </summary>
public sealed class Fork(ulong epoch) : ChannelEvent
{
    /// <summary>In which epoch.</summary>
    public ulong Epoch { get; } = epoch;
}

/// <summary>The relay delivered a commit with another confirmation tag than its committer signed (RFC 9420 §6.1, §12.4.3): the relay's fault, not the committer's.</summary>
public sealed class CommitAltered(Sequence sequence) : ChannelEvent
{
    /// <summary>The commit's place.</summary>
    public Sequence Sequence { get; } = sequence;
}

/// <summary>A member rejected a commit that nobody had applied: the channel went back to the epoch before it.</summary>
public sealed class EpochVoided(ulong epoch, AgentId rejectedBy) : ChannelEvent
{
    /// <summary>The epoch that the channel is in again.</summary>
    public ulong Epoch { get; } = epoch;

    /// <summary>Who says that the commit failed; a claim, signed and not proved.</summary>
    public AgentId RejectedBy { get; } = rejectedBy;
}

/// <summary>Messages that this agent sent were void with the commit before them: nobody has read them, and the application may send them again.</summary>
public sealed class MessagesVoided(ulong count, Sequence last) : ChannelEvent
{
    /// <summary>How many.</summary>
    public ulong Count { get; } = count;

    /// <summary>The place that the last of them had.</summary>
    public Sequence Last { get; } = last;
}

/// <summary>A member, or this agent, asked to be added again. A member that never does so and suddenly does may be somebody who stole its key.</summary>
public sealed class ReAddingAsked(AgentId member, ReAddingReason reason) : ChannelEvent
{
    /// <summary>Who asked.</summary>
    public AgentId Member { get; } = member;

    /// <summary>Why, by its own account.</summary>
    public ReAddingReason Reason { get; } = reason;
}

/// <summary>
/// Somebody asked to join by an invitation and is not added: the invitation is over, or it was not the invitation's key that signed
/// the request. The relay passes such requests on only when it is at fault, or the invitation has just ended.
/// </summary>
public sealed class JoinRequestRefused(AgentId joiner, string reason) : ChannelEvent
{
    /// <summary>Who is said to have asked.</summary>
    public AgentId Joiner { get; } = joiner;

    /// <summary>The rule that it breaks.</summary>
    public string Reason { get; } = reason;
}

/// <summary>An agent became a member: by this agent's commit or another's.</summary>
public sealed class MemberJoined(AgentId member, AgentId by) : ChannelEvent
{
    /// <summary>Who became a member.</summary>
    public AgentId Member { get; } = member;

    /// <summary>Who committed it.</summary>
    public AgentId By { get; } = by;
}

/// <summary>An agent, or this one, was removed by another; while it was added again by the same commit, nothing is told.</summary>
public sealed class MemberRemoved(AgentId member, AgentId by) : ChannelEvent
{
    /// <summary>Who is a member no longer.</summary>
    public AgentId Member { get; } = member;

    /// <summary>Who committed it.</summary>
    public AgentId By { get; } = by;
}

/// <summary>An agent, or this one, has left by its own will. Another member's commit has carried it out.</summary>
public sealed class MemberLeft(AgentId member) : ChannelEvent
{
    /// <summary>Who is a member no longer.</summary>
    public AgentId Member { get; } = member;
}

/// <summary>This agent wanted to leave, and stays: the channel would have been without an owner, or a member's version does not know leaving.</summary>
public sealed class LeavingRefused(string reason) : ChannelEvent
{
    /// <summary>The rule that forbids it.</summary>
    public string Reason { get; } = reason;
}

/// <summary>An owner has changed roles or permissions.</summary>
public sealed class PolicyChanged(AgentId by) : ChannelEvent
{
    /// <summary>Who committed it.</summary>
    public AgentId By { get; } = by;
}

/// <summary>An entry as the relay holds it.</summary>
/// <param name="Sequence">Its place in the channel's order.</param>
/// <param name="Kind">"message", "commit", "applied", "voided", "re-adding" or "leave".</param>
/// <param name="Bytes">The MLSMessage: ciphertext for a message, the public commit for a commit, the proposal for a leave.</param>
public sealed record RawEntry(Sequence Sequence, string Kind, ReadOnlyMemory<byte> Bytes);
