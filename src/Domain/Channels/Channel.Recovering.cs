using System.Collections.Immutable;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// What only members can see of a commit, they report: one that others follow stands, one that fails before is voided.
public sealed partial class Channel
{
    private const int MaxReports = 32;
    private const int MaxReportsOfAnEpoch = 8;
    private const int MaxVoided = 32;

    /// <summary>From this place on it may still be voided; behind the newest entry where nothing may.</summary>
    private Sequence OldestTentative => _tentative.IsEmpty ? Last.Next : _tentative[0].Sequence;

    /// <summary>True while the agent was removed by a commit that may still be voided.</summary>
    public bool MayBeMemberAgain(AgentId agent, DateTimeOffset now) =>
        _members.LastStayOf(agent)?.RemovedAt is { } removed && _tentative.Any(commit => commit.Sequence == removed && !IsOld(commit, now));

    /// <summary>Where a commit of this hash stands that may be voided; null where there is none.</summary>
    public Sequence? FindTentative(ReadOnlyMemory<byte> hash) => _tentative.FirstOrDefault(commit => commit.Hash.Span.SequenceEqual(hash.Span))?.Sequence;

    /// <summary>The current epoch's GroupInfo.</summary>
    /// <returns>MLSMessage(GroupInfo) with the ratchet tree; refuses <see cref="ErrorCode.NotAMember"/>.</returns>
    public Result<(Epoch Epoch, ReadOnlyMemory<byte> GroupInfo)> GroupInfoFor(AgentId agent) => _members.IsMember(agent) ? (Epoch, _groupInfo) : NotAMember;

    /// <summary>
    /// A member has entered an epoch by another's commit. The first such report makes the commit stand, and all before it; the
    /// first of each authenticator is told to every member.
    /// </summary>
    /// <returns>Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.InvalidRequest"/> for an epoch that has not begun, or one whose commit this member says nothing about,
    /// <see cref="ErrorCode.RateLimited"/>.</returns>
    public Result<Noted> Applied(AgentId member, Epoch epoch, Opaque authenticatorHash, DateTimeOffset now)
    {
        if (!_members.IsMember(member))
            return NotAMember;
        if (epoch > Epoch)
            return new Refusal(ErrorCode.InvalidRequest, $"The channel is in epoch {Epoch}, and never was in {epoch}.");
        LetOldStand(now);
        var settles = CountSettledBy(member, epoch);
        if (settles == 0 && epoch.Value > Epoch.Value - (ulong)_tentative.Length)
            return new Refusal(ErrorCode.InvalidRequest, "A commit stands by the report of another member than its committer, who was there before it.");
        var known = _reports.Where(report => report.Epoch == epoch).ToList();
        if (settles == 0 && ((known.Find(report => report.AuthenticatorHash == authenticatorHash) ?? (known.Count >= MaxReportsOfAnEpoch ? known[^1] : null)) is { } first))
            return new Noted(first.Sequence, null, null);
        if (settles == 0 && _reports.Length == MaxReports && epoch < _reports[0].Epoch)
            return new Noted(_reports[0].Sequence, null, null); // Too long ago to matter.

        if (!_told.TryTake(member, now))
            return new Refusal(ErrorCode.RateLimited, "This member reports too often.");
        _tentative = _tentative[settles..];
        var sequence = Last.Next;
        _reports = [.. _reports.TakeLast(MaxReports - 1), new AppliedReport(epoch, authenticatorHash, sequence)];
        return Note(member, now, new DeliverApplied(Id, sequence, epoch.Value, authenticatorHash.Memory, member), changes: true);
    }

    /// <summary>A commit fails at a member. Where nobody has applied it, it is voided, and the channel is in its epoch again.</summary>
    /// <param name="before">What was kept of the channel before this commit (<see cref="FindTentative"/>); null where nothing was.</param>
    /// <returns>
    /// The place of <see cref="CommitVoided"/>, or of the report by which the commit stands; refuses <see cref="ErrorCode.NotAMember"/>,
    /// <see cref="ErrorCode.InvalidProof"/>, <see cref="ErrorCode.InvalidRequest"/>, <see cref="ErrorCode.RateLimited"/>,
    /// <see cref="ErrorCode.StaleEpoch"/> where the commit cannot be voided any more.
    /// </returns>
    public Result<Noted> Reject(AgentId member, CommitRejected rejection, ReturnPoint? before, DateTimeOffset now)
    {
        // Also one whom a commit on top of it has removed.
        if (!_members.IsMember(member) && before?.IsFollowedBy(member) != true)
            return NotAMember;
        var content = new CommitRejectedContent(Id, rejection.Epoch, rejection.CommitHash, rejection.Reason, member);
        if (!LabeledContent.Verify(member, LabeledContent.CommitRejected, content.Encode(), rejection.Signature.Span))
            return new Refusal(ErrorCode.InvalidProof, "The rejection is not signed by the agent of this connection.");
        var hash = Opaque.Copy(rejection.CommitHash.Span);
        if (_voided.LastOrDefault(commit => commit.Hash == hash) is { } done)
            return new Noted(done.By, null, null);
        LetOldStand(now);
        var at = _tentative.IndexOf(_tentative.FirstOrDefault(commit => commit.Hash == hash)!);
        if (rejection.Epoch >= Epoch.Value || (at >= 0 && rejection.Epoch != Epoch.Value - (ulong)(_tentative.Length - at)))
            return new Refusal(ErrorCode.InvalidRequest, "No commit of this hash has ended this epoch.");
        if (at < 0 || before is null)
        {
            var entered = new Epoch(rejection.Epoch).Next;
            return _reports.FirstOrDefault(report => report.Epoch == entered) is { } standing
                ? new Noted(standing.Sequence, null, null)
                : new Refusal(ErrorCode.StaleEpoch, $"The channel is in epoch {Epoch}, and has no such commit that could be voided.", Epoch.Value);
        }
        if (_tentative[at].Committer == member || !before.IsFollowedBy(member))
            return new Refusal(ErrorCode.InvalidRequest, "A commit is rejected by another member of the epoch that it ends.");
        if (!_voidings.TryTake(member, now))
            return new Refusal(ErrorCode.RateLimited, "This member rejects too many commits.");
        return Void(at, before, member, rejection, now);
    }

    /// <summary>A member that cannot go on asks to be removed and added again by one commit.</summary>
    /// <returns>
    /// Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.StaleEpoch"/>, <see cref="ErrorCode.InvalidKeyPackage"/>,
    /// <see cref="ErrorCode.InvalidProof"/>, <see cref="ErrorCode.RateLimited"/>.
    /// </returns>
    public Result<Noted> AskReAdding(AgentId member, AskReAdding wish, DateTimeOffset now)
    {
        if (!_members.IsMember(member))
            return NotAMember;
        if (JudgeEpoch(new Epoch(wish.Epoch)) is { } stale)
            return stale;
        var keyPackage = MlsPayload.KeyPackage(wish.KeyPackage);
        if (!keyPackage.IsSuccess)
            return keyPackage.Refusal;
        var valid = AgentKeyPackages.Validate(keyPackage.Value, member, now);
        if (!valid.IsSuccess)
            return valid.Refusal;
        if (keyPackage.Value.CipherSuite != _group.Suite.Id)
            return new Refusal(ErrorCode.InvalidKeyPackage, "The KeyPackage is of another cipher suite than the group.");
        var content = new ReAddingContent(Id, wish.Epoch, wish.Reason, keyPackage.Value.Reference(_group.Suite).Memory, member);
        if (!LabeledContent.Verify(member, LabeledContent.ReAdding, content.Encode(), wish.Signature.Span))
            return new Refusal(ErrorCode.InvalidProof, "The wish is not signed by the agent of this connection.");
        if (!_reAddings.TryTake(member, now))
            return new Refusal(ErrorCode.RateLimited, $"This member asks too often to be added again; it may in {_limits.ReAddingsPerMember.Interval.TotalMinutes} minutes at most.");
        return Note(member, now, new DeliverReAdding(Id, Last.Next, wish.Epoch, wish.Reason, wish.KeyPackage, member, wish.Signature), changes: false);
    }

    /// <summary>Makes a commit tentative.</summary>
    /// <returns>The <see cref="ReturnPoint"/> to be kept; null where the commit stands at once.</returns>
    private ReadOnlyMemory<byte>? KeepReturn(JudgedCommit judged, Sequence sequence, Opaque hash)
    {
        var (barred, leaves) = (_barred, _leaves);
        (_barred, _leaves) = ([], []);
        // Nobody else is left who could follow it, or reject it or one before it.
        if (_tentative.IsEmpty && _members.Current.Except(judged.Removed).All(agent => agent == judged.Sender))
            return null;
        _tentative = _tentative.Add(new TentativeCommit(sequence, hash, judged.Sender, judged.At));
        return Tls.Encode(new ReturnPoint(new Opaque(_groupInfo), _members.ToStored(), barred, [.. judged.Removed.Select(agent => new StoredAgent(agent))], leaves)).Memory;
    }

    private void LetOldStand(DateTimeOffset now) => _tentative = [.. _tentative.SkipWhile(commit => IsOld(commit, now))];

    private bool IsOld(TentativeCommit commit, DateTimeOffset now) => commit.At <= now - _limits.TentativeAge;

    /// <summary>True for a member that was there before the commit, is there behind it, and did not make it.</summary>
    private bool IsWitness(AgentId member, TentativeCommit commit) =>
        commit.Committer != member && _members.IsMember(member) && _members.LastStayOf(member)!.JoinedAfter < commit.Sequence;

    /// <summary>
    /// How many of the tentative commits stand when this member is in this epoch, from the oldest on: who joined by one of them,
    /// or made it, says nothing of it, and so not of what is built on it.
    /// </summary>
    private int CountSettledBy(AgentId member, Epoch epoch)
    {
        var settled = 0;
        while (settled < _tentative.Length && Epoch.Value - (ulong)(_tentative.Length - 1 - settled) <= epoch.Value && IsWitness(member, _tentative[settled]))
            settled++;
        return settled;
    }

    private Noted Void(int at, ReturnPoint to, AgentId member, CommitRejected rejection, DateTimeOffset now)
    {
        var (epoch, sequence, voided, before) = (Epoch, Last.Next, _tentative[at], _members);
        ImmutableArray<AgentId> joined = [.. before.JoinedSince(voided.Sequence)];
        _group = Restored(to.GroupInfo.Memory, to.Leaves);
        _leaves = to.Leaves;
        _groupInfo = to.GroupInfo.Memory;
        _members = before.Restore(to.Stays, sequence);
        _tentative = _tentative[..at];
        _reports = [.. _reports.Where(report => report.Epoch <= Epoch)];
        _barred = to.Barred.Add(new StoredAgent(voided.Committer));
        _voided = [.. _voided.TakeLast(MaxVoided - 1), new VoidedCommit(voided.Hash, sequence)];
        Last = sequence;
        var frame = new CommitVoided(Id, sequence, rejection.Epoch, rejection.CommitHash, rejection.Reason, member, rejection.Signature);
        var change = new GroupChange(
            Tls.Encode(State).Memory, [.. _members.Current.Except(before.Current)], [.. before.Current.Except(_members.Current)], null,
            new VoidedEntries(Epoch, voided.Sequence, joined), KeptFrom: OldestTentative);
        return new Noted(sequence, new NoticeEntry(sequence, epoch, member, now, FrameCodec.Encode(frame)), change);
    }

    /// <param name="changes">True where the channel's state is another behind the entry.</param>
    /// <param name="removed">Who is a member no longer, where the state changes.</param>
    private Noted Note(AgentId member, DateTimeOffset now, Frame frame, bool changes, ImmutableArray<AgentId> removed = default)
    {
        Last = Last.Next;
        var entry = new NoticeEntry(Last, Epoch, member, now, FrameCodec.Encode(frame));
        return new Noted(Last, entry, changes ? new GroupChange(Tls.Encode(State).Memory, [], removed.IsDefault ? [] : removed, null, KeptFrom: OldestTentative) : null);
    }
}

/// <summary>What a member told of the group.</summary>
/// <param name="Sequence">The entry that tells it to all.</param>
/// <param name="Entry">What is to be stored; null where an entry before it says it already.</param>
/// <param name="Change">What is stored with it; null where nothing changes.</param>
public sealed record Noted(Sequence Sequence, NoticeEntry? Entry, GroupChange? Change);
