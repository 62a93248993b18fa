using Skytale.Agent.Invitations;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>From the relay to the inbox: messages are opened and wait there, commits are followed and notices handled at once.</summary>
internal sealed partial class Receiving(ChannelSession session)
{
    private readonly InboxFront _front = new(session);
    private readonly Recovering _recovering = new(session);
    private readonly ReAddingOthers _reAddingOthers = new(session);
    private readonly Admitting _admitting = new(session);
    private readonly LeavesOfOthers _leavesOfOthers = new(session);
    private readonly Leaving _leaving = new(session);
    private readonly ReportTaking _reports = new(session);
    private readonly LeaveTaking _leaves = new(session);
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
                    beside = Task.WhenAll(
                        onCaughtUp(running.Token), _recovering.RunAsync(running.Token), _reAddingOthers.RunAsync(running.Token), _admitting.RunAsync(running.Token),
                        _leavesOfOthers.RunAsync(running.Token), _leaving.RunAsync(running.Token));
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
            case DeliverLeave leave:
                Expect(leave.ChannelId, leave.Sequence);
                _leaves.Take(leave);
                return new PassedOver(leave.Sequence);
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

    private Task<bool> SayCaughtUpAsync(CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            session.SignalChange();
            return session.IsCaughtUp = true;
        },
        cancellationToken);

    private Task BreakAsync(SkytaleException failure, CancellationToken cancellationToken) => session.LockedAsync(() => session.Break(failure), cancellationToken);
}
