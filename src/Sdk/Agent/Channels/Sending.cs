using System.Buffers.Binary;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Messages out, one after the other in the order of the calls. Generations are reserved in blocks: the ratchet is stored
/// past a block before its first key is used, so that no crash can use a key twice (RFC 9420 §9.2).
/// </summary>
internal sealed class Sending(ChannelSession session)
{
    /// <summary>The largest content, in bytes: with padding and framing it stays under a relay's 1 MiB frame.</summary>
    public const int MaxContent = 900 << 10;

    /// <summary>Bytes that a plaintext has in front of its body, about.</summary>
    private const int MaxFront = 192;

    private const int Block = 64;
    private static readonly TimeSpan EpochPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Committing _committing = new(session);
    private readonly ulong _sessionId = RandomUInt64(session);
    private ulong _number;

    /// <summary>Encrypts and sends; returns when the relay has accepted the message.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public async Task<SentMessage> SendAsync(ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        if (content.Length > MaxContent)
            throw new SkytaleException(SkytaleError.MessageTooLarge, $"A message of {content.Length} bytes; {MaxContent} are possible.", "Send it in parts.");
        if (!ContentHeader.IsContentType(options.ContentType))
            throw new SkytaleException(SkytaleError.InvalidArgument, "That is no content type.", $"A media type has at most {ContentHeader.MaxContentType} visible ASCII characters.");
        using var plaintext = new TlsWriter(content.Length + MaxFront);
        Plaintext.BeginContent(plaintext, new ContentHeader(options.ContentType, options.ReplyTo));
        plaintext.WriteFixed(content.Span);
        return await SendAsync(plaintext, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what the members' agents are to know and no application is shown.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public async Task<SentMessage> SendNoticeAsync(NoticeType type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var plaintext = new TlsWriter(body.Length + MaxFront);
        Plaintext.BeginNotice(plaintext, type);
        plaintext.WriteFixed(body.Span);
        return await SendAsync(plaintext, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SentMessage> SendAsync(TlsWriter plaintext, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SendInTurnAsync(plaintext, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<SentMessage> SendInTurnAsync(TlsWriter plaintext, CancellationToken cancellationToken)
    {
        var header = new MessageHeader(NewMessageId(), _sessionId, _number++);
        for (var lost = 1; ; lost++)
        {
            var (ciphertext, turns) = await ProtectAsync(header, plaintext, cancellationToken).ConfigureAwait(false);
            var answer = await session.Context.RequestAsync<Accepted>(
                request => new SendMessage(request, session.Id, header.MessageId, ciphertext.Memory), cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess)
                return new SentMessage(header.MessageId, answer.Value.Sequence);
            await session.LockedAsync(() => session.OwnMessages.Remove(header.MessageId), cancellationToken).ConfigureAwait(false);
            if (answer.Refusal.Code != ErrorCode.StaleEpoch || lost == Contention.MaxLost)
                throw answer.Refusal.ToException();
            await WaitForTurnAsync(session, turns, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the channel has gone on from where the relay called something stale; through a full inbox as long as somebody reads.</summary>
    /// <param name="turns">What <see cref="ChannelSession.Turns"/> was when that was made.</param>
    public static async Task WaitForTurnAsync(ChannelSession session, ulong turns, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(EpochPatience);
        try
        {
            await session.WaitWhileReadAsync(() => session.Turns > turns || !session.Trouble.IsOver, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SkytaleException(SkytaleError.ConnectionLost, $"The relay is ahead in {session.Name} and its commits do not arrive.", "Check the connection and try again.");
        }
    }

    private async Task<(Opaque Ciphertext, ulong Turns)> ProtectAsync(MessageHeader header, TlsWriter plaintext, CancellationToken cancellationToken)
    {
        await session.WaitWhileReadAsync(() => session.WasCaughtUp, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await session.WaitForOrderAsync(cancellationToken).ConfigureAwait(false);
            if (await session.LockedAsync(() => Protect(header, plaintext.WrittenSpan), cancellationToken).ConfigureAwait(false) is { } made)
                return made;
            if (await session.LockedAsync(() => session.Head.IsSpent, cancellationToken).ConfigureAwait(false))
                await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves an epoch in which nothing may be encrypted any more.</summary>
    private Task RenewAsync(CancellationToken cancellationToken)
    {
        AgentLog.EpochSpent(session.Context.Logger, session.Id.ToString());
        return _committing.UpdateKeysAsync(cancellationToken);
    }

    /// <summary>The message in the head's epoch; null while the channel stands still, or where nothing may be encrypted in that epoch.</summary>
    private (Opaque Ciphertext, ulong Turns)? Protect(MessageHeader header, ReadOnlySpan<byte> plaintext)
    {
        session.ThrowIfNoMember();
        if (!session.Trouble.IsOver || session.Head.IsSpent)
            return null;
        var group = session.Head.Group;
        if (group.ReservedGenerations == 0)
        {
            group.ReserveGenerations(Block);
            using var sending = session.Head.SerializeSending();
            session.Write(transaction => transaction.PutSending(session.Id, group.Epoch, sending));
        }
        var message = group.Protect(plaintext, Tls.Encode(header).Span, Padding.SizeFor(plaintext.Length), session.Context.Random);
        session.Head.Use();
        session.OwnMessages.Add(header.MessageId);
        return (Tls.Encode(new MlsMessage(message)), session.Turns);
    }

    private MessageId NewMessageId()
    {
        Span<byte> bytes = stackalloc byte[MessageId.Size];
        session.Context.Random(bytes);
        return MessageId.FromBytes(bytes);
    }

    private static ulong RandomUInt64(ChannelSession session)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        session.Context.Random(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
