using System.Runtime.CompilerServices;
using Skytale.Agent.Storage;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// From the inbox to the application; the ratchets behind a message are stored when it is acknowledged. One enumeration at
/// a time.
/// </summary>
internal sealed class Showing(ChannelSession session)
{
    private readonly InboxFront _front = new(session);
    private int _enumerating;

    /// <summary>The messages from the cursor on; moving on acknowledges the one before. Ends when this agent is removed.</summary>
    public async IAsyncEnumerable<Message> EnumerateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _enumerating, 1) == 1)
            throw new InvalidOperationException("The channel's messages are being enumerated already.");
        try
        {
            if (await ShownBeforeAsync(cancellationToken).ConfigureAwait(false) is { } again)
            {
                yield return again;
                await AcknowledgeAsync(again.Sequence, cancellationToken).ConfigureAwait(false);
            }
            while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                yield return message;
                if (!await TryAcknowledgeTogetherAsync(message.Sequence, cancellationToken).ConfigureAwait(false))
                    await AcknowledgeAsync(message.Sequence, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _enumerating, 0);
        }
    }

    /// <summary>Stores that the message is done with; nothing happens for one that is not in flight.</summary>
    public Task AcknowledgeAsync(Sequence sequence, CancellationToken cancellationToken) => UnderGateAsync(
        async () =>
        {
            if (session.InFlight is not { } acknowledged || acknowledged.Sequence != sequence)
                return;
            session.WriteRead(sequence, transaction => WriteAcknowledged(transaction, acknowledged));
            await LandAsync(acknowledged).ConfigureAwait(false);
            await _front.AdvanceAsync().ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>What an earlier enumeration showed and nobody acknowledged.</summary>
    private Task<Message?> ShownBeforeAsync(CancellationToken cancellationToken) =>
        session.LockedAsync(() => session.InFlight is { } inFlight ? ToMessage(inFlight, redelivered: true) : null, cancellationToken);

    /// <summary>Where the next message waits already, acknowledging one and showing the next is one transaction: see <see cref="NextAsync"/>.</summary>
    private Task<bool> TryAcknowledgeTogetherAsync(Sequence sequence, CancellationToken cancellationToken) =>
        session.LockedAsync(() => session.InFlight?.Sequence == sequence && session.Inbox.Front is UnreadMessage, cancellationToken);

    private async Task<Message?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await session.WaitAsync(() => session.Inbox.Front is { IsForApplication: true } || session.HasLeft, cancellationToken).ConfigureAwait(false);
            Message? shown = null;
            var ended = false;
            await UnderGateAsync(
                async () =>
                {
                    ended = session.Inbox.Front is null && session.HasLeft;
                    shown = TakeFront();
                    await _front.AdvanceAsync().ConfigureAwait(false);
                    if (shown is not null)
                        await InboxFront.AcknowledgeAsync(session).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            if (shown is not null || ended)
                return shown;
        }
    }

    private Message? TakeFront()
    {
        if (session.Inbox.Front is not { IsForApplication: true })
            return null;
        var entry = session.Inbox.Take();
        var acknowledged = session.InFlight;
        var shown = entry is UnreadMessage { Epoch.IsVoid: false } unread ? unread : null;
        if (acknowledged is not null || shown is not null)
        {
            session.WriteRead(entry.Sequence, transaction =>
            {
                if (acknowledged is not null)
                    WriteAcknowledged(transaction, acknowledged);
                if (shown is not null)
                    transaction.PutShown(session.Id, entry.Sequence);
            });
        }
        if (acknowledged is not null)
            Land(acknowledged);
        if (shown is null)
        {
            PassOver(entry);
            return null;
        }

        session.InFlight = shown;
        var redelivered = shown.Sequence <= session.Shown;
        session.Shown = redelivered ? session.Shown : shown.Sequence;
        return ToMessage(shown, redelivered);
    }

    /// <summary>What cannot be read, and what is of an epoch that was voided meanwhile.</summary>
    private void PassOver(InboxEntry entry)
    {
        using (entry)
            session.Cursor = entry.Sequence;
        if (entry is not Unreadable { Epoch.IsVoid: false } unreadable)
            return;
        AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), unreadable.Sequence.Value, unreadable.Reason);
        session.Rejected?.Invoke(new RejectedMessage(unreadable.Sequence, unreadable.Reason));
    }

    private void WriteAcknowledged(IAgentStoreTransaction transaction, UnreadMessage acknowledged)
    {
        transaction.PutReceiving(session.Id, acknowledged.Receiving);
        transaction.PutCursor(session.Id, acknowledged.Sequence);
    }

    private async Task LandAsync(UnreadMessage acknowledged)
    {
        Land(acknowledged);
        await InboxFront.AcknowledgeAsync(session).ConfigureAwait(false);
    }

    private void Land(UnreadMessage acknowledged)
    {
        session.InFlight = null;
        session.Cursor = acknowledged.Sequence > session.Cursor ? acknowledged.Sequence : session.Cursor;
        acknowledged.Dispose();
    }

    private Message ToMessage(UnreadMessage unread, bool redelivered) => new(unread, redelivered, AcknowledgeAsync);

    private async Task UnderGateAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await session.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            session.Gate.Release();
        }
    }
}
