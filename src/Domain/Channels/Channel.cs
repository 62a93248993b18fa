using Skytale.Mls.Codec;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// One channel at the relay: the public view of its MLS group, its order and its members, who follow from the commits and
/// from nothing that a client says. Whatever changes it holds its one lock; a request changes all of it or nothing.
/// </summary>
public sealed partial class Channel
{
    private readonly Lock _gate = new();
    private readonly PublicGroup _group;
    private readonly EpochGate _epochs = new();
    private readonly Membership _members = new();
    private readonly ChannelLimits _limits;

    private Channel(ChannelName name, AgentId creator, Opaque creationHash, PublicGroup group, ReadOnlyMemory<byte> groupInfo, ChannelLimits limits)
    {
        Id = new ChannelId(group.GroupId.Memory);
        Name = name;
        Creator = creator;
        CreationHash = creationHash;
        GroupInfo = groupInfo;
        _group = group;
        _limits = limits;
        _members.Enter(creator, Sequence.Start);
    }

    /// <summary>The MLS group_id.</summary>
    public ChannelId Id { get; }

    public ChannelName Name { get; }

    public AgentId Creator { get; }

    /// <summary>SHA-256 of what the channel was created from: tells a repeat from another request with the same id.</summary>
    public Opaque CreationHash { get; }

    public ChannelLog Log { get; } = new();

    /// <summary>The current epoch's GroupInfo, with the ratchet tree, as its committer sent it.</summary>
    public ReadOnlyMemory<byte> GroupInfo { get; private set; }

    /// <summary>A cursor for an agent that is or was a member.</summary>
    /// <returns>Refuses <see cref="ErrorCode.NotAMember"/>; <see cref="ErrorCode.InvalidRequest"/> for a place that the channel has not reached.</returns>
    public Result<Cursor> Follow(AgentId agent, Sequence after)
    {
        lock (_gate)
        {
            if (_members.LastStayOf(agent) is not { } stay)
                return NotAMember;
            // Waiting there for the order to catch up would lose entries without a word.
            if (after > Log.Last)
                return new Refusal(ErrorCode.InvalidRequest, $"The channel's newest entry is {Log.Last}, not {after}.");
            return new Cursor(Log, stay, after);
        }
    }

    /// <summary>Why the agent may not be given a KeyPackage of another to add it, or null.</summary>
    public Refusal? JudgeAdding(AgentId agent, AgentId other)
    {
        lock (_gate)
        {
            if (!_members.IsMember(agent))
                return NotAMember;
            return _members.IsMember(other) ? new Refusal(ErrorCode.AlreadyAMember, $"{other} is a member already.") : null;
        }
    }

    private static Refusal NotAMember => new(ErrorCode.NotAMember, "Only a member of the channel may do this.");
}
