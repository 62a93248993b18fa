using System.Collections.Immutable;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// What only members can see of a commit, they report: one that others follow stands, one that fails before is voided.
public sealed partial class Channel
{
    /// <summary>Commits that may be voided at once; with the next, the oldest stands.</summary>
    private const int MaxTentative = 4;

    private const int MaxReports = 32;
    private const int MaxReportsOfAnEpoch = 8;

    /// <summary>The current epoch's GroupInfo.</summary>
    /// <returns>MLSMessage(GroupInfo) with the ratchet tree; refuses <see cref="ErrorCode.NotAMember"/>.</returns>
    public Result<(Epoch Epoch, ReadOnlyMemory<byte> GroupInfo)> GroupInfoFor(AgentId agent) => _members.IsMember(agent) ? (Epoch, _groupInfo) : NotAMember;

    /// <summary>
    /// A member has entered an epoch by another's commit. The first such report makes the commit stand, and all before it; the
    /// first of each authenticator is told to every member.
    /// </summary>
    /// <returns>Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.InvalidRequest"/> for an epoch that has not begun.</returns>
    public Result<Noted> Applied(AgentId member, Epoch epoch, Opaque authenticatorHash, DateTimeOffset now)
    {
        if (!_members.IsMember(member))
            return NotAMember;
        if (epoch > Epoch)
            return new Refusal(ErrorCode.InvalidRequest, $"The channel is in epoch {Epoch}, and never was in {epoch}.");
        var settles = CountSettledBy(member, epoch);
        var known = _reports.Where(report => report.Epoch == epoch).ToList();
        if (settles == 0 && ((known.Find(report => report.AuthenticatorHash == authenticatorHash) ?? (known.Count >= MaxReportsOfAnEpoch ? known[^1] : null)) is { } first))
            return new Noted(first.Sequence, null, null);
        if (settles == 0 && _reports.Length == MaxReports && epoch < _reports[0].Epoch)
            return new Noted(_reports[0].Sequence, null, null); // Too long ago to matter.

        _tentative = _tentative[settles..];
        var sequence = Last.Next;
        _reports = [.. _reports.TakeLast(MaxReports - 1), new AppliedReport(epoch, authenticatorHash, sequence)];
        return Note(member, now, new DeliverApplied(Id, sequence, epoch.Value, authenticatorHash.Memory, member), changes: true);
    }

    /// <summary>A commit fails at a member. Where nobody has applied it, it is voided, and the channel is in its epoch again.</summary>
    /// <returns>
    /// The place of <see cref="CommitVoided"/>, or of the report by which the commit stands; refuses <see cref="ErrorCode.NotAMember"/>,
    /// <see cref="ErrorCode.InvalidProof"/>, <see cref="ErrorCode.StaleEpoch"/> where no such commit can be voided any more.
    /// </returns>
    public Result<Noted> Reject(AgentId member, CommitRejected rejection, DateTimeOffset now)
    {
        if (!_members.IsMember(member))
            return NotAMember;
        var content = new CommitRejectedContent(Id, rejection.Epoch, rejection.CommitHash, rejection.Reason, member);
        if (!LabeledContent.Verify(member, LabeledContent.CommitRejected, content.Encode(), rejection.Signature.Span))
            return new Refusal(ErrorCode.InvalidProof, "The rejection is not signed by the agent of this connection.");
        var hash = Opaque.Copy(rejection.CommitHash.Span);
        var at = _tentative.IndexOf(_tentative.FirstOrDefault(commit => commit.Hash == hash)!);
        if (at < 0)
        {
            var entered = new Epoch(rejection.Epoch).Next;
            return _reports.FirstOrDefault(report => report.Epoch == entered) is { } standing
                ? new Noted(standing.Sequence, null, null)
                : new Refusal(ErrorCode.StaleEpoch, $"The channel is in epoch {Epoch}, and has no such commit that could be voided.", Epoch.Value);
        }
        var voided = _tentative[at];
        if (voided.Committer == member || !voided.KnewAsMember(member))
            return new Refusal(ErrorCode.InvalidRequest, "A commit is rejected by another member of the epoch that it ends.");
        return Void(voided, at, member, rejection, now);
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
        var content = new ReAddingContent(Id, wish.Epoch, wish.Reason, keyPackage.Value.Reference(_group.Suite).Memory, member);
        if (!LabeledContent.Verify(member, LabeledContent.ReAdding, content.Encode(), wish.Signature.Span))
            return new Refusal(ErrorCode.InvalidProof, "The wish is not signed by the agent of this connection.");
        if (!_reAddings.TryTake(member, now))
            return new Refusal(ErrorCode.RateLimited, $"This member asks too often to be added again; it may in {_limits.ReAddingsPerMember.Interval.TotalMinutes} minutes at most.");
        return Note(member, now, new DeliverReAdding(Id, Last.Next, wish.Epoch, wish.Reason, wish.KeyPackage, member, wish.Signature), changes: false);
    }

    /// <summary>Keeps what the channel goes back to where the commit fails; a commit of another member says that it has applied those before.</summary>
    private void NoteTentative(JudgedCommit judged, Sequence sequence, Opaque hash)
    {
        if (!_tentative.IsEmpty && (_tentative[^1].Committer != judged.Sender || _tentative.Length == MaxTentative))
            _tentative = _tentative[^1].Committer != judged.Sender ? [] : _tentative[1..];
        // Nobody else is left who could follow it, or reject it.
        var others = _members.Current.Except(judged.Removed).Any(agent => agent != judged.Sender);
        if (others)
            _tentative = _tentative.Add(new TentativeCommit(sequence, hash, judged.Sender, new Opaque(_groupInfo), _members.ToStored()));
        else
            _tentative = [];
    }

    /// <summary>How many of the tentative commits stand when this member is in this epoch.</summary>
    private int CountSettledBy(AgentId member, Epoch epoch)
    {
        var settled = 0;
        for (var i = 0; i < _tentative.Length; i++)
        {
            var leadsTo = Epoch.Value - (ulong)(_tentative.Length - 1 - i);
            if (leadsTo <= epoch.Value && _tentative[i].Committer != member && _tentative[i].KnewAsMember(member))
                settled = i + 1;
        }
        return settled;
    }

    private Result<Noted> Void(TentativeCommit voided, int at, AgentId member, CommitRejected rejection, DateTimeOffset now)
    {
        var (epoch, sequence, before) = (Epoch, Last.Next, _members);
        _group = PublicGroup.FromGroupInfo(MlsPayload.GroupInfo(voided.GroupInfo.Memory).Value);
        _groupInfo = voided.GroupInfo.Memory;
        _members = before.Restore(voided.Stays, sequence);
        _tentative = _tentative[..at];
        _reports = [.. _reports.Where(report => report.Epoch <= Epoch)];
        _barred = _barred.Any(barred => barred.Agent == voided.Committer) ? _barred : _barred.Add(new StoredAgent(voided.Committer));
        Last = sequence;
        var frame = new CommitVoided(Id, sequence, rejection.Epoch, rejection.CommitHash, rejection.Reason, member, rejection.Signature);
        var change = new GroupChange(
            Tls.Encode(State).Memory, [.. _members.Current.Except(before.Current)], [.. before.Current.Except(_members.Current)], null, new VoidedEntries(Epoch, voided.Sequence));
        return new Noted(sequence, new NoticeEntry(sequence, epoch, member, now, FrameCodec.Encode(frame)), change);
    }

    private Noted Note(AgentId member, DateTimeOffset now, Frame frame, bool changes)
    {
        Last = Last.Next;
        var entry = new NoticeEntry(Last, Epoch, member, now, FrameCodec.Encode(frame));
        return new Noted(Last, entry, changes ? new GroupChange(Tls.Encode(State).Memory, [], [], null) : null);
    }
}

/// <summary>What a member told of the group.</summary>
/// <param name="Sequence">The entry that tells it to all.</param>
/// <param name="Entry">What is to be stored; null where an entry before it says it already.</param>
/// <param name="Change">What is stored with it; null where nothing changes.</param>
public sealed record Noted(Sequence Sequence, NoticeEntry? Entry, GroupChange? Change);
