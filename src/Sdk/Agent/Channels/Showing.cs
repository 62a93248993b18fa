using System.Runtime.CompilerServices;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// From the inbox to the application. Acknowledging one message and showing the next is one write. One enumeration at a time.
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
    public Task AcknowledgeAsync(Sequence sequence, CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            if (session.InFlight is not { } acknowledged || acknowledged.Sequence != sequence)
                return false;
            session.Progress.Advance(sequence, session.Progress.Shown);
            Land(acknowledged);
            _front.Advance();
            return true;
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
            var (shown, ended) = await session.LockedAsync(
                () =>
                {
                    var isOver = session.Inbox.Front is null && session.HasLeft;
                    var taken = TakeFront();
                    _front.Advance();
                    return (taken, isOver);
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
        var isShownBefore = entry.Sequence <= session.Progress.Shown;
        var shown = entry is UnreadMessage { Epoch.IsVoid: false } unread ? unread : null;
        session.Progress.Advance(acknowledged?.Sequence ?? session.Progress.Done, shown?.Sequence ?? session.Progress.Shown);
        if (acknowledged is not null)
            Land(acknowledged);
        if (shown is null)
        {
            PassOver(entry);
            return null;
        }

        session.InFlight = shown;
        return ToMessage(shown, isShownBefore);
    }

    /// <summary>What cannot be read, and what is of an epoch that was voided meanwhile.</summary>
    private void PassOver(InboxEntry entry)
    {
        using (entry)
            session.Progress.Pass(entry.Sequence);
        if (entry is not Unreadable { Epoch.IsVoid: false } unreadable)
            return;
        AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), unreadable.Sequence.Value, unreadable.Reason);
        session.Rejected?.Invoke(new RejectedMessage(unreadable.Sequence, unreadable.Reason));
    }

    private void Land(UnreadMessage acknowledged)
    {
        session.InFlight = null;
        acknowledged.Dispose();
    }

    private Message ToMessage(UnreadMessage unread, bool redelivered) => new(session, unread, redelivered, AcknowledgeAsync);
}
