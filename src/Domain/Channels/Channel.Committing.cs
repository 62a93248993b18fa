using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// Commits: the first valid one of an epoch wins, with its GroupInfo and its Welcome, or nothing happens.
public sealed partial class Channel
{
    /// <summary>Judges a commit and changes nothing of the group.</summary>
    /// <param name="commit">MLSMessage(PublicMessage).</param>
    /// <param name="groupInfo">MLSMessage(GroupInfo) of the epoch that the commit leads to, with the ratchet tree.</param>
    /// <param name="welcome">MLSMessage(Welcome) for exactly the members that it adds; null where it adds none.</param>
    /// <returns>
    /// Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.StaleEpoch"/>, <see cref="ErrorCode.InvalidCommit"/>,
    /// <see cref="ErrorCode.InvalidGroupInfo"/>, <see cref="ErrorCode.InvalidWelcome"/>, <see cref="ErrorCode.LimitReached"/>,
    /// <see cref="ErrorCode.RateLimited"/>.
    /// </returns>
    public Result<JudgedCommit> Judge(AgentId sender, ReadOnlyMemory<byte> commit, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte>? welcome, DateTimeOffset now)
    {
        if (!_members.IsMember(sender))
            return NotAMember;
        var parsed = CommitTransaction.Parse(commit, groupInfo, welcome);
        if (!parsed.IsSuccess)
            return parsed.Refusal;
        var transaction = parsed.Value;
        if (transaction.Commit.Content.GroupId != _group.GroupId)
            return new Refusal(ErrorCode.InvalidCommit, "The commit is of another group.");
        if (JudgeEpoch(transaction.Commit.Content.Epoch) is { } stale)
            return stale;
        if (_barred.Contains(new StoredAgent(sender)))
            return Barred;
        if (!_commits.HasOne(sender, now))
            return TooManyCommits;
        var staged = CommitCheck.Stage(_group, sender, transaction, now);
        if (!staged.IsSuccess)
        {
            _commits.TryTake(sender, now); // Signatures were checked for nothing.
            return staged.Refusal;
        }
        if (staged.Value.NewTree.Leaves.Count() > _limits.MembersPerChannel)
            return ChannelLimits.Reached($"{_limits.MembersPerChannel} members in a channel");
        return new JudgedCommit(
            Epoch, staged.Value, sender, now, commit, groupInfo.ToArray(), welcome?.ToArray(),
            [.. staged.Value.Added.Select(member => AgentOf(member.KeyPackage.LeafNode))], [.. staged.Value.Removed.Select(member => AgentOf(member.Leaf))],
            [.. LeaveRules.LeftBy(staged.Value)]);
    }

    /// <summary>Gives a judged commit its place in the order and goes on to the next epoch.</summary>
    /// <returns>
    /// What is to be stored; refuses <see cref="ErrorCode.StaleEpoch"/> where another commit came between,
    /// <see cref="ErrorCode.RateLimited"/> where others of the sender did, <see cref="ErrorCode.LimitReached"/> where too many
    /// wait for another member.
    /// </returns>
    public Result<AcceptedCommit> Accept(JudgedCommit judged)
    {
        if (JudgeEpoch(judged.Epoch) is { } stale)
            return stale;
        if (judged.Staged.Before != _group.Context)
            return new Refusal(ErrorCode.StaleEpoch, $"The channel came to epoch {Epoch} by another commit, after one was voided.", Epoch.Value);
        if (_barred.Contains(new StoredAgent(judged.Sender)))
            return Barred;
        LetOldStand(judged.At);
        // Who commits on top has applied what is there.
        var tentative = _tentative[CountSettledBy(judged.Sender, Epoch)..];
        if (tentative.Length >= _limits.TentativePerChannel)
            return ChannelLimits.Reached($"{_limits.TentativePerChannel} commits that no other member has applied");
        if (!_commits.TryTake(judged.Sender, judged.At))
            return TooManyCommits;
        var sequence = Last.Next;
        var hash = HashOf(judged.Commit);
        _tentative = tentative;
        var before = KeepReturn(judged, sequence, hash);
        _group.Merge(judged.Staged);
        _groupInfo = judged.GroupInfo;
        foreach (var agent in judged.Removed)
            _members.Leave(agent, sequence);
        foreach (var agent in judged.Added)
            _members.Enter(agent, sequence);
        Last = sequence;
        var entry = new CommitEntry(sequence, judged.Epoch, judged.Sender, judged.At, hash, FrameCodec.Encode(new DeliverCommit(Id, sequence, judged.Commit)));
        return new AcceptedCommit(entry, new GroupChange(Tls.Encode(State).Memory, judged.Added, judged.Removed, judged.Welcome, Before: before, KeptFrom: OldestTentative));
    }

    /// <summary>SHA-256 of a commit as it was sent: by it a repeat is known.</summary>
    public static Opaque HashOf(ReadOnlyMemory<byte> commit) => new(SHA256.HashData(commit.Span));

    /// <summary>The epoch that the bytes are a commit of; null when they are none.</summary>
    public static Epoch? EpochOf(ReadOnlyMemory<byte> commit) => MlsPayload.Commit(commit) is { IsSuccess: true } parsed ? parsed.Value.Content.Epoch : null;

    private Refusal Barred => new(ErrorCode.CommitVoided, "A commit of this member was voided in this epoch; it may commit in the next.", Epoch.Value);

    private Refusal TooManyCommits =>
        new(ErrorCode.RateLimited, $"This member commits too often; its next commit is taken in {_limits.CommitsPerMember.Interval.TotalSeconds} s at most.");

    // The tree's leaves were identified when they entered (CommitRules.JudgeTree).
    private static AgentId AgentOf(LeafNode leaf) => AgentLeaf.Identify(leaf) ?? throw new InvalidOperationException("A leaf that is no agent's passed the rules.");
}
