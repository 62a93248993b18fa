using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

// Commits: each leads to the next epoch, or out of the channel, or fails here.
internal sealed partial class Receiving
{
    /// <summary>The next epoch; null where the commit fails here or removes this agent, and the channel stands still.</summary>
    private EpochStart? TryFollow(DeliverCommit frame)
    {
        try
        {
            return Follow(frame);
        }
        catch (MlsException e)
        {
            AgentLog.CommitFailed(session.Context.Logger, session.Id.ToString(), frame.Sequence.Value, e.Message);
            session.Trouble.Failed = new FailedCommit(frame, session.Head.Epoch, e);
            return null;
        }
    }

    private EpochStart? Follow(DeliverCommit frame)
    {
        var (next, by, left) = Next(frame);
        if (next is null)
        {
            // It may still be voided: this agent is out for good when the relay delivers no more.
            session.TakeOut(frame.Sequence, by, left.Contains(session.Context.Identity.Id));
            return null;
        }
        session.Invitations.Follow(frame, session.Head.Group.Public, next.Public);
        session.Enter(WithStoredSending(next), by, left);
        return new EpochStart(frame.Sequence, session.Head, session.Head.Group.SerializeReceiving());
    }

    /// <summary>Asks for what the committer signed: where it says that the relay altered the commit, the commit is followed as it was.</summary>
    private async Task CompareAsync(FailedCommit failed, CancellationToken cancellationToken)
    {
        var answer = await session.Context.RequestAsync<CurrentGroupInfo>(request => new GetGroupInfo(request, session.Id), cancellationToken).ConfigureAwait(false);
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            failed.IsCompared = true;
            if (session.Trouble.Failed == failed && answer.IsSuccess && Comparing.WithSignedTag(session.Head.Group.Public, failed.Frame, answer.Value) is { } signed)
                FollowAsSigned(failed, signed);
            session.SignalChange();
            _front.Advance();
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private void FollowAsSigned(FailedCommit failed, DeliverCommit signed)
    {
        AgentLog.CommitAltered(session.Context.Logger, session.Id.ToString(), signed.Sequence.Value);
        session.Happened?.Invoke(new CommitAltered(signed.Sequence));
        try
        {
            session.Trouble.End();
            if (Follow(signed) is { } entry)
                session.Inbox.Add(entry);
        }
        catch (MlsException e)
        {
            // Altered, and not its tag alone: what is reported is why it fails without that.
            AgentLog.CommitFailed(session.Context.Logger, session.Id.ToString(), signed.Sequence.Value, e.Message);
            session.Trouble.Failed = failed;
        }
    }

    /// <summary>The epoch behind a commit, null when it removes this agent; who made it, and who left by it.</summary>
    private (MlsGroup? Group, AgentId By, IReadOnlyCollection<AgentId> Left) Next(DeliverCommit frame)
    {
        var head = session.Head.Group;
        if (session.Pending is { } pending && Tls.Encode(pending.Commit).Span.SequenceEqual(frame.Commit.Span))
        {
            var merged = head.Merge(pending);
            session.Invitations.AreToBeTold |= session.OwnChanges.Record(head.Public, merged.Public);
            session.Contention.Committed();
            session.OwnKeys.Renewed(merged.Epoch);
            return (merged, session.Context.Identity.Id, [.. LeaveRules.LeftBy(head.Public, pending.Commit)]);
        }

        if (Tls.Decode<MlsMessage>(new Opaque(frame.Commit)).PublicMessage is not { } message)
            throw new MlsException(MlsError.WrongWireFormat, "a commit that is no PublicMessage");
        using var staged = head.Process(message, new ProcessOptions { Lifetimes = Lifetimes.WhenFollowing });
        if (CommitRules.Judge(head.Public, staged.Public) is { } refusal)
            throw new MlsException(MlsError.InvalidProposal, refusal.Detail);
        session.Contention.OtherCommitted(staged.Public.Committer);
        var by = AgentLeaf.Named(head.Public.Tree[staged.Public.Committer]!.Credential)!.Value;
        return (staged.RemovesMe ? null : head.Merge(staged), by, [.. LeaveRules.LeftBy(staged.Public)]);
    }

    /// <summary>After a restart the epoch is entered a second time: its own ratchets go on where they were stored.</summary>
    private EpochHandle WithStoredSending(MlsGroup next)
    {
        using var sending = session.Context.Store.ReadSending(session.Id, next.Epoch);
        if (sending is null)
            return new EpochHandle(next);
        using var epoch = next.SerializeEpoch();
        using var receiving = next.SerializeReceiving();
        next.Dispose();
        try
        {
            return EpochHandle.Restore(epoch.Span, receiving.Span, sending, session.Context.Identity.Keys);
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.StoreCorrupt, $"The store's sending state for {session.Name} cannot be read: {e.Message}", "Restore the store from a copy.", inner: e);
        }
    }
}
