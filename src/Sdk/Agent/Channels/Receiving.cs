using Skytale.Agent.Invitations;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>From the relay to the inbox: messages are opened and wait there, commits are followed and notices handled at once.</summary>
internal sealed class Receiving(ChannelSession session)
{
    private readonly InboxFront _front = new(session);
    private readonly Recovering _recovering = new(session);
    private readonly ReAddingOthers _reAddingOthers = new(session);
    private readonly Admitting _admitting = new(session);
    private readonly ReportTaking _reports = new(session);
    private readonly Opening _opening = new(session);

    /// <summary>Receives over one connection until it ends, the agent is removed or added again, or the channel breaks.</summary>
    /// <exception cref="Protocol.Transport.TransportException">The connection ended.</exception>
    /// <exception cref="OperationCanceledException">The same, or the agent was added again.</exception>
    public async Task RunAsync(RelayConnection connection, Func<CancellationToken, Task> onCaughtUp, CancellationToken cancellationToken)
    {
        if (session.HasLeft || session.Failure is not null)
            return;
        var (received, stay, stayEnded) = await session.LockedAsync(() => (session.Received, session.JoinedAt, session.StayEnded), cancellationToken).ConfigureAwait(false);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stayEnded);
        var opened = await connection.SubscribeAsync(session.Id, received, running.Token).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            await WithoutDeliveryAsync(opened.Refusal, running.Token).ConfigureAwait(false);
            return;
        }
        await using var delivery = opened.Value.ConfigureAwait(false);
        await BeginAsync(opened.Value, running.Token).ConfigureAwait(false);
        var beside = Task.CompletedTask;
        try
        {
            while (true)
            {
                if (session.Trouble.Failed is { IsCompared: false } failed)
                    await CompareAsync(failed, running.Token).ConfigureAwait(false);
                if (!session.IsCaughtUp && session.Received >= opened.Value.Last)
                {
                    await SayCaughtUpAsync(running.Token).ConfigureAwait(false);
                    beside = Task.WhenAll(onCaughtUp(running.Token), _recovering.RunAsync(running.Token), _reAddingOthers.RunAsync(running.Token), _admitting.RunAsync(running.Token));
                }
                var frame = await opened.Value.NextAsync(running.Token).ConfigureAwait(false);
                if (frame is null)
                {
                    await LeaveAsync().ConfigureAwait(false);
                    // Removed; where it has to be added again, perhaps by the commit that does it.
                    await (session.IsCaughtUp ? beside : _recovering.RunAsync(running.Token)).ConfigureAwait(false);
                    return;
                }
                if (!await TakeAsync(frame, stay, running.Token).ConfigureAwait(false))
                    return;
            }
        }
        finally
        {
            await running.CancelAsync().ConfigureAwait(false);
            await beside.ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await session.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            session.IsCaughtUp = false;
            session.Delivery = delivery;
            session.Progress.Tell();
            // Where this agent was added again, the new stay's first entry is here already.
            _front.Advance();
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private async Task LeaveAsync()
    {
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            session.Leave();
            _front.Advance();
        }
        catch (SkytaleException e)
        {
            session.Break(e);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    /// <summary>The relay does not deliver: because commits are gone, or this agent is no member, or it cannot at this moment.</summary>
    private async Task WithoutDeliveryAsync(Refusal refusal, CancellationToken cancellationToken)
    {
        switch (refusal.Code)
        {
            case ErrorCode.TooFarBehind:
                await session.LockedAsync(() => session.NeedReAdding(ReAddingReason.CommitsTrimmed), cancellationToken).ConfigureAwait(false);
                await _recovering.RunAsync(cancellationToken).ConfigureAwait(false);
                break;
            case ErrorCode.NotAMember or ErrorCode.UnknownChannel or ErrorCode.ChannelClosed:
                await BreakAsync(refusal.ToException(), cancellationToken).ConfigureAwait(false);
                break;
            default:
                // It may have passed when the next connection is made.
                throw refusal.ToException();
        }
    }

    private async Task<bool> TakeAsync(Frame frame, Sequence stay, CancellationToken cancellationToken)
    {
        var (own, needsRoom) = await session.LockedAsync(() => Sort(frame), cancellationToken).ConfigureAwait(false);
        if (needsRoom)
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        // Not cancelled: the room that was taken is the entry's.
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var usesRoom = false;
            try
            {
                if (session.IsSuperseded || session.JoinedAt != stay)
                    return false;
                usesRoom = Take(frame, own);
            }
            finally
            {
                if (needsRoom && !usesRoom)
                    session.Inbox.ReturnRoom();
            }
            _front.Advance();
            return session.Failure is null;
        }
        catch (SkytaleException e)
        {
            session.Break(e);
            return false;
        }
        finally
        {
            session.Gate.Release();
        }
    }

    private (bool Own, bool NeedsRoom) Sort(Frame frame)
    {
        if (frame is not DeliverMessage message)
            return (false, false);
        var own = session.OwnMessages.Remove(message.MessageId);
        return (own, !own && session.Trouble.IsOver);
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        if (session.Inbox.TryTakeRoom())
            return;
        await SetBlockedAsync(true, cancellationToken).ConfigureAwait(false);
        try
        {
            await session.Inbox.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await SetBlockedAsync(false, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task<bool> SetBlockedAsync(bool blocked, CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            session.Inbox.IsBlocked = blocked;
            session.SignalChange();
            return true;
        },
        cancellationToken);

    /// <returns>True when the application's room was used.</returns>
    private bool Take(Frame frame, bool own)
    {
        _opening.TookKey = false;
        var entry = Entry(frame, own);
        if (session.Trouble.IsOver && entry is not null)
            session.Inbox.Add(entry);
        if (session.Trouble.IsOver && _opening.TookKey)
            session.Progress.Opened(session.Received);
        session.Parts.Follow(session.Received);
        session.SignalChange();
        return session.Trouble.IsOver && entry is { IsForApplication: true };
    }

    /// <summary>What the frame adds to the inbox; while the channel stands still, nothing does.</summary>
    private InboxEntry? Entry(Frame frame, bool own)
    {
        switch (frame)
        {
            case DeliverMessage message:
                Expect(message.ChannelId, message.Sequence);
                if (!own)
                    return Unread(message);
                session.Unsettled.Add(session.Head.Epoch, message.Sequence);
                return new OwnMessage(message.Sequence);
            case DeliverCommit commit:
                Expect(commit.ChannelId, commit.Sequence);
                return session.Trouble.IsOver ? TryFollow(commit) : null;
            case DeliverApplied applied:
                Expect(applied.ChannelId, applied.Sequence);
                _reports.Take(applied);
                return new PassedOver(applied.Sequence);
            case CommitVoided voided:
                Expect(voided.ChannelId, voided.Sequence);
                _reports.Take(voided);
                return new PassedOver(voided.Sequence);
            case DeliverReAdding wish:
                Expect(wish.ChannelId, wish.Sequence);
                _reports.Take(wish);
                return new PassedOver(wish.Sequence);
            case DeliverJoinRequest request:
                session.Joiners.Take(request);
                return null;
            case Gap gap:
                var missed = gap.Through.Value - session.Received.Value;
                Expect(session.Id, gap.Through);
                if (!session.WasCaughtUp)
                    session.Head.Miss();
                session.Parts.GiveUpAll();
                session.Invitations.Clear();
                if (!session.Trouble.IsOver)
                    session.Trouble.Unread += missed;
                return new MissedMessages(gap.Through, missed);
            default:
                throw new InvalidOperationException($"{frame.Type} is not delivered.");
        }
    }

    /// <summary>Null while the channel stands still: what comes then cannot be read.</summary>
    private InboxEntry? Unread(DeliverMessage frame)
    {
        if (!session.WasCaughtUp)
            Look(frame);
        if (session.Trouble.IsOver)
            return _opening.Open(frame);
        session.Trouble.Unread++;
        return null;
    }

    /// <summary>Before anything is sent: a message of an earlier run that the store does not know says that the store is an old one.</summary>
    private void Look(DeliverMessage frame)
    {
        try
        {
            if (Tls.Decode<MlsMessage>(new Opaque(frame.Ciphertext)).PrivateMessage is { } message)
                session.Head.Look(message);
        }
        catch (MlsException)
        {
            // No message at all: it is passed over.
        }
    }

    private void Expect(ChannelId channel, Sequence sequence)
    {
        if (channel != session.Id || sequence <= session.Received)
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The relay delivers entry {sequence} of {channel} behind {session.Received}.", "The relay does not keep the channel's order.");
        session.Received = sequence;
    }

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
        if (Next(frame) is not var (next, by))
        {
            // It may still be voided: this agent has left when the relay delivers no more.
            session.Trouble.RemovedAt = frame.Sequence;
            return null;
        }
        session.Invitations.Follow(frame, session.Head.Group.Public, next.Public);
        session.Enter(WithStoredSending(next), by);
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

    /// <summary>The epoch behind a commit, or null when it removes this agent.</summary>
    private (MlsGroup Group, AgentId By)? Next(DeliverCommit frame)
    {
        var head = session.Head.Group;
        if (session.Pending is { } pending && Tls.Encode(pending.Commit).Span.SequenceEqual(frame.Commit.Span))
        {
            var merged = head.Merge(pending);
            session.Invitations.AreToBeTold |= session.OwnChanges.Record(head.Public, merged.Public);
            session.Contention.Committed();
            session.OwnKeys.Renewed(merged.Epoch);
            return (merged, session.Context.Identity.Id);
        }

        if (Tls.Decode<MlsMessage>(new Opaque(frame.Commit)).PublicMessage is not { } message)
            throw new MlsException(MlsError.WrongWireFormat, "a commit that is no PublicMessage");
        using var staged = head.Process(message, new ProcessOptions { Lifetimes = Lifetimes.WhenFollowing });
        if (CommitRules.Judge(head.Public, staged.Public) is { } refusal)
            throw new MlsException(MlsError.InvalidProposal, refusal.Detail);
        session.Contention.OtherCommitted(staged.Public.Committer);
        var by = AgentLeaf.Named(head.Public.Tree[staged.Public.Committer]!.Credential)!.Value;
        return staged.RemovesMe ? null : (head.Merge(staged), by);
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

    private Task<bool> SayCaughtUpAsync(CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            session.SignalChange();
            return session.IsCaughtUp = true;
        },
        cancellationToken);

    private Task BreakAsync(SkytaleException failure, CancellationToken cancellationToken) => session.LockedAsync(() => session.Break(failure), cancellationToken);
}
