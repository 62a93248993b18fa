using System.Runtime.CompilerServices;
using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// From the inbox to the application: a message is decrypted when it is shown, and the ratchet that has moved past it is
/// stored when it is acknowledged. One enumeration at a time.
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
            if (session.InFlight?.Sequence != sequence)
                return;
            using var receiving = session.Reading.Group.SerializeReceiving();
            session.WriteRead(sequence, transaction => WriteAcknowledged(transaction, receiving, sequence));
            await LandAsync(sequence).ConfigureAwait(false);
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
            await session.WaitAsync(() => session.Inbox.Front is UnreadMessage || session.HasLeft, cancellationToken).ConfigureAwait(false);
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
        if (session.Inbox.Front is not UnreadMessage unread)
            return null;

        // The ratchet as of the message before, taken before this one moves it.
        var acknowledged = session.InFlight;
        using var receiving = acknowledged is null ? null : session.Reading.Group.SerializeReceiving();
        session.Inbox.Take();
        var opened = TryOpen(unread);
        session.WriteRead(unread.Sequence, transaction =>
        {
            if (acknowledged is not null)
                WriteAcknowledged(transaction, receiving!, acknowledged.Sequence);
            if (opened is not null)
                transaction.PutShown(session.Id, unread.Sequence);
        });
        if (acknowledged is not null)
            Land(acknowledged.Sequence);
        if (opened is null)
            return null;

        session.InFlight = opened;
        var redelivered = unread.Sequence <= session.Shown;
        session.Shown = redelivered ? session.Shown : unread.Sequence;
        return ToMessage(opened, redelivered);
    }

    private InFlight? TryOpen(UnreadMessage unread)
    {
        if (unread.Epoch.IsVoid)
        {
            session.Cursor = unread.Sequence;
            return null;
        }
        try
        {
            if (Tls.Decode<MlsMessage>(new Opaque(unread.Frame.Ciphertext)).PrivateMessage is not { } message)
                throw new MlsException(MlsError.WrongWireFormat, "not a PrivateMessage");
            var opened = unread.Epoch.Group.Unprotect(message);
            InFlight? shown = null;
            try
            {
                if (Check(unread, opened) is { } sender)
                    return shown = new InFlight(unread.Sequence, sender, opened.Plaintext);
            }
            finally
            {
                if (shown is null)
                    opened.Dispose();
            }
        }
        catch (MlsException e) when (e.Error == MlsError.OwnMessage)
        {
            // Sent by an earlier run of this agent, which has not seen it come back.
        }
        catch (Exception e) when (e is MlsException or ProtocolException)
        {
            Reject(unread, e.Message);
        }
        session.Cursor = unread.Sequence;
        return null;
    }

    private AgentId? Check(UnreadMessage unread, UnprotectedMessage opened)
    {
        var header = Tls.Decode<MessageHeader>(opened.AuthenticatedData);
        if (header.MessageId != unread.Frame.MessageId)
            Reject(unread, "the relay shows it under another message id");
        else if (!unread.Epoch.IsNew(opened.Sender, header.MessageId))
            Reject(unread, "its message id came before");
        else
            return AgentLeaf.Named(opened.Credential);
        return null;
    }

    private void Reject(UnreadMessage unread, string reason)
    {
        AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), unread.Sequence.Value, reason);
        session.Rejected?.Invoke(new RejectedMessage(unread.Sequence, reason));
    }

    private void WriteAcknowledged(IAgentStoreTransaction transaction, Secret receiving, Sequence sequence)
    {
        transaction.PutReceiving(session.Id, receiving);
        transaction.PutCursor(session.Id, sequence);
    }

    private async Task LandAsync(Sequence sequence)
    {
        Land(sequence);
        await InboxFront.AcknowledgeAsync(session).ConfigureAwait(false);
    }

    private void Land(Sequence sequence)
    {
        session.InFlight?.Content.Dispose();
        session.InFlight = null;
        session.Cursor = sequence > session.Cursor ? sequence : session.Cursor;
    }

    private Message ToMessage(InFlight inFlight, bool redelivered) =>
        new(inFlight.Sender, inFlight.Sequence, redelivered, Secret.Copy(inFlight.Content.Span), AcknowledgeAsync);

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
