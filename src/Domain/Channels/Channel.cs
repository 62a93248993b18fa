using System.Collections.Immutable;
using Skytale.Groups.Roles;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// One channel at the relay: the public view of its MLS group, the end of its order and its members, who follow from the
/// commits and from nothing that a client says. It judges requests and says what is to be stored; a request changes all of it
/// or nothing. One caller at a time. It is ahead of its log: where storing fails, it is thrown away and loaded again.
/// </summary>
public sealed partial class Channel
{
    private PublicGroup _group;
    private Membership _members;
    private readonly ChannelLimits _limits;
    private readonly Allowances<AgentId> _commits;
    private readonly Allowances<AgentId> _told;
    private readonly Allowances<AgentId> _voidings;
    private readonly Allowances<AgentId> _reAddings;
    private ReadOnlyMemory<byte> _groupInfo;
    private ImmutableArray<TentativeCommit> _tentative;
    private ImmutableArray<AppliedReport> _reports;
    private ImmutableArray<StoredAgent> _barred;
    private ImmutableArray<VoidedCommit> _voided;

    private Channel(ChannelRecord record, PublicGroup group, ChannelState state, Membership members, ChannelLimits limits)
    {
        Record = record;
        _group = group;
        _groupInfo = state.GroupInfo.Memory;
        (_tentative, _reports, _barred, _voided, _leaves) = (state.Tentative, state.Reports, state.Barred, state.Voided, state.Leaves);
        _members = members;
        _limits = limits;
        _commits = new Allowances<AgentId>(limits.CommitsPerMember, 2 * limits.MembersPerChannel); // Also of some who have left.
        _told = new Allowances<AgentId>(limits.ReportsPerMember, 2 * limits.MembersPerChannel);
        _voidings = new Allowances<AgentId>(limits.VoidingsPerMember, 2 * limits.MembersPerChannel);
        _reAddings = new Allowances<AgentId>(limits.ReAddingsPerMember, 2 * limits.MembersPerChannel);
    }

    public ChannelRecord Record { get; }

    /// <summary>The MLS group_id.</summary>
    public ChannelId Id => Record.Id;

    /// <summary>The epoch that the channel is in.</summary>
    public Epoch Epoch => _group.Epoch;

    /// <summary>The newest entry's place.</summary>
    public Sequence Last { get; private set; }

    /// <summary>The members.</summary>
    public IEnumerable<AgentId> Members => _members.Current;

    /// <summary>The channel as its log has it.</summary>
    /// <exception cref="Mls.MlsException">What is stored is not what this code wrote.</exception>
    public static Channel Load(StoredChannel stored, ChannelLimits limits)
    {
        var state = Tls.Decode<ChannelState>(new Opaque(stored.State));
        var group = Restored(state.GroupInfo.Memory, state.Leaves);
        return new Channel(stored.Record, group, state, Membership.Of(state.Stays, stored.Acknowledged), limits) { Last = stored.Last };
    }

    /// <summary>What an agent that is or was a member may see of the order.</summary>
    /// <returns>Refuses <see cref="ErrorCode.NotAMember"/>; <see cref="ErrorCode.InvalidRequest"/> for a place that the channel has not reached.</returns>
    public Result<Stay> Follow(AgentId agent, Sequence after)
    {
        if (_members.LastStayOf(agent) is not { } stay)
            return NotAMember;
        // Waiting there for the order to catch up would lose entries without a word.
        return after > Last ? new Refusal(ErrorCode.InvalidRequest, $"The channel's newest entry is {Last}, not {after}.") : stay;
    }

    /// <summary>Why the agent may not be given a KeyPackage of another to add it, or null.</summary>
    public Refusal? JudgeAdding(AgentId agent, AgentId other)
    {
        if (!_members.IsMember(agent))
            return NotAMember;
        return _members.IsMember(other) ? new Refusal(ErrorCode.AlreadyAMember, $"{other} is a member already.") : RoleRules.JudgeAdding(_group.Context.Extensions, agent);
    }

    /// <summary>Why the agent may not speak of invitations to this channel, or null.</summary>
    public Refusal? JudgeInviting(AgentId agent) => _members.IsMember(agent) ? RoleRules.JudgeAdding(_group.Context.Extensions, agent) : NotAMember;

    /// <summary>Why the agent may not ask to join, or null.</summary>
    public Refusal? JudgeJoining(AgentId agent)
    {
        if (_members.IsMember(agent))
            return new Refusal(ErrorCode.AlreadyAMember, $"{agent} is a member already.");
        return _members.Current.Any() ? null : new Refusal(ErrorCode.InvitationOver, "The channel has no members any more: nobody admits anybody.");
    }

    /// <summary>How far each agent has acknowledged since the last time that this was asked.</summary>
    public IReadOnlyDictionary<AgentId, Sequence> TakeAcknowledged() => _members.TakeAcknowledged();

    /// <summary>Everything up to here every member has acknowledged, and who may become one again or was removed a short while ago.</summary>
    public Sequence AcknowledgedByAll => _members.AcknowledgedByAll(Last, OldestTentative, EntriesForRemovedFrom);

    private Sequence EntriesForRemovedFrom => new(Last.Value - Math.Min(Last.Value, _limits.EntriesForRemoved));

    /// <summary>True while some member may do less than others for having done much: whoever lets go of the channel then forgets that.</summary>
    public bool IsAnyAllowanceTaken(DateTimeOffset now) => _commits.IsAnyTaken(now) || _told.IsAnyTaken(now) || _voidings.IsAnyTaken(now) || _reAddings.IsAnyTaken(now);

    /// <summary>Null for the current epoch, else the refusal that tells it.</summary>
    private Refusal? JudgeEpoch(Epoch epoch) => epoch == Epoch
        ? null
        : new Refusal(ErrorCode.StaleEpoch, $"The channel is in epoch {Epoch}, this is of {epoch}.", Epoch.Value);

    private ChannelState State => new(new Opaque(_groupInfo), _members.ToStored(), _tentative, _reports, _barred, _voided, _leaves);

    private static Refusal NotAMember => new(ErrorCode.NotAMember, "Only a member of the channel may do this.");
}
