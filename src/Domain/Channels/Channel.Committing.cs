using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// Commits: the first valid one of an epoch wins, with its GroupInfo and its Welcome, or nothing happens.
public sealed partial class Channel
{
    /// <summary>Gives a commit its place in the order and goes on to the next epoch. A repeat of the commit is answered with its place.</summary>
    /// <param name="commit">MLSMessage(PublicMessage).</param>
    /// <param name="groupInfo">MLSMessage(GroupInfo) of the epoch that the commit leads to, with the ratchet tree.</param>
    /// <param name="welcome">MLSMessage(Welcome) for exactly the members that it adds; null where it adds none.</param>
    /// <param name="places">Where it is settled that all whom it adds have room for one channel and one Welcome more.</param>
    /// <returns>
    /// Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.StaleEpoch"/>, <see cref="ErrorCode.InvalidCommit"/>,
    /// <see cref="ErrorCode.InvalidGroupInfo"/>, <see cref="ErrorCode.InvalidWelcome"/>, <see cref="ErrorCode.LimitReached"/>.
    /// </returns>
    public Result<CommitOutcome> Commit(
        AgentId sender, ReadOnlyMemory<byte> commit, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte>? welcome, DateTimeOffset now, AgentPlaces places)
    {
        var parsed = CommitTransaction.Parse(commit, groupInfo, welcome);
        var hash = new Opaque(SHA256.HashData(commit.Span));
        lock (_gate)
        {
            if (FindRepeat(sender, parsed, hash) is { } repeat)
                return repeat;
            if (!_members.IsMember(sender))
                return NotAMember;
            if (!parsed.IsSuccess)
                return parsed.Refusal;
            var transaction = parsed.Value;
            if (transaction.Commit.Content.GroupId != _group.GroupId)
                return new Refusal(ErrorCode.InvalidCommit, "The commit is of another group.");
            if (_epochs.Judge(transaction.Commit.Content.Epoch) is { } stale)
                return stale;
            var staged = CommitCheck.Stage(_group, sender, transaction, now);
            if (!staged.IsSuccess)
                return staged.Refusal;

            var sequence = Log.Last.Next;
            var encoded = FrameCodec.Encode(new DeliverCommit(Id, sequence, commit));
            if (staged.Value.NewTree.Leaves.Count() > _limits.MembersPerChannel)
                return ChannelLimits.Reached($"{_limits.MembersPerChannel} members in a channel");
            if (!Log.HasRoomFor(encoded.Length, _limits))
                return ChannelLimits.Reached("bytes of the channel's log");
            var (added, removed) = Changes(staged.Value);
            if (places.Take(added, removed, new WaitingWelcome(Id, Name, sequence, welcome?.ToArray() ?? default)) is { } full)
                return full;
            Merge(staged.Value, added, removed, groupInfo, new CommitEntry(sequence, transaction.Commit.Content.Epoch, sender, now, hash, encoded));
            return new CommitOutcome(sequence, added);
        }
    }

    // Nothing in here can be refused: the commit has won.
    private void Merge(StagedPublicCommit staged, IReadOnlyList<AgentId> added, IReadOnlyList<AgentId> removed, ReadOnlyMemory<byte> groupInfo, CommitEntry entry)
    {
        _group.Merge(staged);
        _epochs.Pass(entry);
        GroupInfo = groupInfo.ToArray();
        foreach (var agent in removed)
            _members.Leave(agent, entry.Sequence);
        foreach (var agent in added)
            _members.Enter(agent, entry.Sequence);
        Log.Append(entry);
    }

    private CommitOutcome? FindRepeat(AgentId sender, Result<CommitTransaction> transaction, Opaque hash) =>
        transaction.IsSuccess && _epochs.WinnerOf(transaction.Value.Commit.Content.Epoch) is { } winner && winner.Sender == sender && winner.Hash == hash
            ? new CommitOutcome(winner.Sequence, [])
            : null;

    // The tree's leaves were identified when they entered (CommitRules.JudgeTree).
    private static (IReadOnlyList<AgentId> Added, IReadOnlyList<AgentId> Removed) Changes(StagedPublicCommit staged) =>
        ([.. staged.Added.Select(member => AgentOf(member.KeyPackage.LeafNode))], [.. staged.Removed.Select(member => AgentOf(member.Leaf))]);

    private static AgentId AgentOf(LeafNode leaf) => AgentLeaf.Identify(leaf) ?? throw new InvalidOperationException("A leaf that is no agent's passed the rules.");
}

/// <summary>A commit that stands.</summary>
/// <param name="Added">Agents for whom a Welcome was put down by this request; none for a repeat.</param>
public sealed record CommitOutcome(Sequence Sequence, IReadOnlyList<AgentId> Added);
