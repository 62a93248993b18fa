using System.Collections.Immutable;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// Leaving: a member's SelfRemove proposal is kept for its epoch, so that a commit of that epoch can name it.
public sealed partial class Channel
{
    private ImmutableArray<StoredLeave> _leaves;

    /// <summary>
    /// A member wants to leave: its proposal gets a place in the order, for another member to commit. Whoever is alone is out with it,
    /// and the channel has no members any more.
    /// </summary>
    /// <param name="proposal">MLSMessage(PublicMessage) with the member's SelfRemove of the current epoch.</param>
    /// <returns>
    /// The entry, or the one of the same bytes before; refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.InvalidProposal"/>,
    /// <see cref="ErrorCode.StaleEpoch"/>, <see cref="ErrorCode.OwnerNeeded"/>, <see cref="ErrorCode.RateLimited"/>.
    /// </returns>
    public Result<Noted> Leave(AgentId member, ReadOnlyMemory<byte> proposal, DateTimeOffset now)
    {
        if (!_members.IsMember(member))
            return NotAMember;
        var parsed = MlsPayload.Proposal(proposal);
        if (!parsed.IsSuccess)
            return parsed.Refusal;
        var message = parsed.Value;
        if (message.Content.GroupId != _group.GroupId)
            return InvalidProposal("it is of another group");
        if (JudgeEpoch(message.Content.Epoch) is { } stale)
            return stale;
        if (_leaves.FirstOrDefault(leave => leave.Agent == member) is { } before)
            return before.Proposal.Span.SequenceEqual(proposal.Span) ? new Noted(before.Sequence, null, null) : InvalidProposal($"this member is leaving already, by entry {before.Sequence}");
        if (LeaveRules.Judge(_group, message) is { } refusal)
            return refusal;
        if (AgentLeaf.Named(_group.Tree[message.Content.Sender.Leaf!.Value]!.Credential) != member)
            return InvalidProposal("its sender is not the agent of this connection");
        if (!_told.TryTake(member, now))
            return new Refusal(ErrorCode.RateLimited, "This member reports too often.");
        try
        {
            Keep(_group, message);
        }
        catch (MlsException broken)
        {
            return MlsPayload.Refused(ErrorCode.InvalidProposal, broken);
        }
        var sequence = Last.Next;
        _leaves = _leaves.Add(new StoredLeave(member, sequence, Opaque.Copy(proposal.Span)));
        var isAlone = _members.Current.Count() == 1;
        if (isAlone)
            End(member, sequence);
        return Note(member, now, new DeliverLeave(Id, sequence, proposal), changes: true, removed: isAlone ? [member] : []);
    }

    /// <summary>§12.2: whoever is alone cannot be taken out by a commit, which nobody else could make. What was tentative stands: nobody is left to go back.</summary>
    private void End(AgentId last, Sequence at)
    {
        _members.Leave(last, at);
        _leaves = [];
        _tentative = [];
    }

    /// <summary>The group of an epoch, with the proposals of those who want to leave in it.</summary>
    private static PublicGroup Restored(ReadOnlyMemory<byte> groupInfo, ImmutableArray<StoredLeave> leaves)
    {
        var group = PublicGroup.FromGroupInfo(MlsPayload.GroupInfo(groupInfo).Value);
        foreach (var leave in leaves)
            Keep(group, MlsPayload.Proposal(leave.Proposal.Memory).Value);
        return group;
    }

    private static void Keep(PublicGroup group, PublicMessage proposal) => group.Keep(group.Verify(proposal));

    private static Refusal InvalidProposal(string why) => new(ErrorCode.InvalidProposal, $"The proposal is refused: {why}.");
}
