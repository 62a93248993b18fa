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

/// <summary>From the relay to the inbox: messages wait there encrypted, commits are followed at once.</summary>
internal sealed class Receiving(ChannelSession session)
{
    private readonly InboxFront _front = new(session);

    /// <summary>Receives over one connection until it ends, the agent is removed or the channel breaks.</summary>
    /// <exception cref="Protocol.Transport.TransportException">The connection ended.</exception>
    public async Task RunAsync(RelayConnection connection, Func<Task> onCaughtUp, CancellationToken cancellationToken)
    {
        if (session.IsRemoved || session.Failure is not null)
            return;
        var opened = await connection.SubscribeAsync(session.Id, session.Received, cancellationToken).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            // Whatever else it says may have passed when the next connection is made.
            if (opened.Refusal.Code is not (ErrorCode.NotAMember or ErrorCode.UnknownChannel or ErrorCode.TooFarBehind))
                throw opened.Refusal.ToException();
            await BreakAsync(opened.Refusal.ToException(), cancellationToken).ConfigureAwait(false);
            return;
        }
        await using var delivery = opened.Value.ConfigureAwait(false);
        await session.LockedAsync(
            () =>
            {
                session.IsCaughtUp = false;
                return session.Delivery = opened.Value;
            },
            cancellationToken).ConfigureAwait(false);
        var resuming = Task.CompletedTask;
        try
        {
            while (true)
            {
                if (!session.IsCaughtUp && session.Received >= opened.Value.Last)
                {
                    await SayCaughtUpAsync(cancellationToken).ConfigureAwait(false);
                    resuming = onCaughtUp();
                }
                var frame = await opened.Value.NextAsync(cancellationToken).ConfigureAwait(false);
                if (frame is null || !await TakeAsync(frame, cancellationToken).ConfigureAwait(false))
                    return;
            }
        }
        finally
        {
            await resuming.ConfigureAwait(false);
        }
    }

    private async Task<bool> TakeAsync(Frame frame, CancellationToken cancellationToken)
    {
        var own = frame is DeliverMessage message
            && await session.LockedAsync(() => session.OwnMessages.Remove(message.MessageId), cancellationToken).ConfigureAwait(false);
        if (frame is DeliverMessage && !own)
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        // Not cancelled: the room that was taken is the entry's.
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (session.IsSuperseded)
                return false;
            Take(frame, own);
            await _front.AdvanceAsync().ConfigureAwait(false);
            return session.Failure is null;
        }
        catch (Exception e) when (e is MlsException or SkytaleException)
        {
            session.Break(e as SkytaleException ?? Broken(e));
            return false;
        }
        finally
        {
            session.Gate.Release();
        }
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

    private void Take(Frame frame, bool own)
    {
        switch (frame)
        {
            case DeliverMessage message:
                Expect(message.ChannelId, message.Sequence);
                session.Inbox.Add(own
                    ? new OwnMessage(message.Sequence)
                    : new UnreadMessage(message.Sequence, session.Head, message));
                break;
            case DeliverCommit commit:
                Expect(commit.ChannelId, commit.Sequence);
                session.Inbox.Add(Follow(commit));
                break;
            case Gap gap:
                var missed = gap.Through.Value - session.Received.Value;
                Expect(session.Id, gap.Through);
                session.Inbox.Add(new MissedMessages(gap.Through, missed));
                break;
        }
        session.SignalChange();
    }

    private void Expect(ChannelId channel, Sequence sequence)
    {
        if (channel != session.Id || sequence <= session.Received)
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The relay delivers entry {sequence} of {channel} behind {session.Received}.", "The relay does not keep the channel's order.");
        session.Received = sequence;
    }

    private InboxEntry Follow(DeliverCommit frame)
    {
        if (Next(frame) is not { } next)
        {
            session.IsRemoved = true;
            return new Removal(frame.Sequence);
        }
        session.Pending?.Dispose();
        session.Pending = null;
        session.Head = new EpochHandle(WithStoredSending(next));
        session.RestorePending();
        return new EpochStart(frame.Sequence, session.Head);
    }

    /// <summary>The epoch behind a commit, or null when it removes this agent.</summary>
    private MlsGroup? Next(DeliverCommit frame)
    {
        var head = session.Head.Group;
        if (session.Pending is { } pending && Tls.Encode(pending.Commit).Span.SequenceEqual(frame.Commit.Span))
        {
            var merged = head.Merge(pending);
            session.OwnChanges.Record(head.Public, merged.Public);
            session.Contention.Committed();
            return merged;
        }

        if (Tls.Decode<MlsMessage>(new Opaque(frame.Commit)).PublicMessage is not { } message)
            throw new MlsException(MlsError.WrongWireFormat, "a commit that is no PublicMessage");
        using var staged = head.Process(message, new ProcessOptions { Lifetimes = Lifetimes.WhenFollowing });
        if (CommitRules.Judge(head.Public, staged.Public) is { } refusal)
            throw refusal.ToException();
        session.Contention.OtherCommitted(staged.Public.Committer);
        return staged.RemovesMe ? null : head.Merge(staged);
    }

    /// <summary>After a restart the epoch is entered a second time: its own ratchets go on where they were stored.</summary>
    private MlsGroup WithStoredSending(MlsGroup next)
    {
        using var sending = session.Context.Store.ReadSending(session.Id, next.Epoch);
        if (sending is null)
            return next;
        using var epoch = next.SerializeEpoch();
        using var receiving = next.SerializeReceiving();
        next.Dispose();
        return MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, session.Context.Identity.Keys);
    }

    private Task<bool> SayCaughtUpAsync(CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            session.SignalChange();
            return session.IsCaughtUp = true;
        },
        cancellationToken);

    private async Task BreakAsync(SkytaleException failure, CancellationToken cancellationToken) =>
        await session.LockedAsync(
            () =>
            {
                session.Break(failure);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private SkytaleException Broken(Exception e) =>
        new(SkytaleError.ChannelBroken, $"A commit that the relay accepted in {session.Name} does not verify here: {e.Message}", "Ask a member to remove this agent and add it again.", inner: e);
}
