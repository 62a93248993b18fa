using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Messages out: what an application says, and what its agent tells the others'.</summary>
internal sealed class Sending(ChannelSession session)
{
    /// <summary>The largest content in one frame, in bytes: with padding and framing it stays under a relay's 1 MiB.</summary>
    public const int MaxContent = 900 << 10;

    /// <summary>Bytes that a plaintext has in front of its body, about.</summary>
    private const int MaxFront = 192;

    private const int PartsUnderWay = 4;
    private static readonly TimeSpan EpochPatience = TimeSpan.FromSeconds(30);

    private readonly Outbox _outbox = new(session);

    /// <summary>Encrypts and sends; returns when the relay has accepted the message.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken) =>
        SendAsync(NewMessageId(), content, options, cancellationToken);

    /// <summary>The same with a content that is taken before this returns, and zeroed when it was sent or will not be.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(ReadOnlySpan<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        Check(content.Length, options);
        return SendTakenAsync(Secret.Copy(content), options, cancellationToken);
    }

    /// <summary>Sends a text as UTF-8.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public async Task<SentMessage> SendTextAsync(string text, SendOptions options, CancellationToken cancellationToken)
    {
        using var content = Secret.Zero(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, content.Writable);
        return await SendAsync(content.Memory, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same under an id that the caller waits for a reply to.</summary>
    public Task<SentMessage> SendAsync(MessageId id, ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        Check(content.Length, options);
        return AgentTelemetry.SendAsync(
            session.Id, content.Length, static send => send.Sending.SendAsync(send.Id, send.Content, send.Header, send.Cancel),
            (Sending: this, Id: id, Content: content, Header: new ContentHeader(options.ContentType, options.ReplyTo), Cancel: cancellationToken));
    }

    /// <summary>Throws for what no message may be.</summary>
    /// <param name="length">The content's, in bytes.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.MessageTooLarge"/> or <see cref="SkytaleError.InvalidArgument"/>.</exception>
    public static void Check(int length, SendOptions options)
    {
        if (length > Parts.MaxMessage)
            throw new SkytaleException(SkytaleError.MessageTooLarge, $"A message of {length} bytes; {Parts.MaxMessage} are possible.", "Send it as several.");
        if (!ContentHeader.IsContentType(options.ContentType))
            throw new SkytaleException(SkytaleError.InvalidArgument, "That is no content type.", $"A media type has at most {ContentHeader.MaxContentType} visible ASCII characters.");
    }

    /// <summary>Sends what the members' agents are to know and no application is shown.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendNoticeAsync(NoticeType type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(NewMessageId(), body.Span, writer => Plaintext.BeginNotice(writer, type), cancellationToken);

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

    private async Task<SentMessage> SendTakenAsync(Secret content, SendOptions options, CancellationToken cancellationToken)
    {
        using (content)
            return await SendAsync(content.Memory, options, cancellationToken).ConfigureAwait(false);
    }

    private Task<SentMessage> SendAsync(MessageId id, ReadOnlyMemory<byte> content, ContentHeader header, CancellationToken cancellationToken) => content.Length <= MaxContent
        ? SendAsync(id, content.Span, writer => Plaintext.BeginContent(writer, header), cancellationToken)
        : SendInPartsAsync(id, content, header, cancellationToken);

    /// <summary>Some parts are under way at once, other messages between them; where one fails no more are sent, and receivers give up those that came.</summary>
    private async Task<SentMessage> SendInPartsAsync(MessageId id, ReadOnlyMemory<byte> content, ContentHeader header, CancellationToken cancellationToken)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var count = (content.Length + MaxContent - 1) / MaxContent;
        var sending = new Queue<Task<SentMessage>>(count);
        try
        {
            for (var number = 0; number < count; number++)
            {
                var part = header with { Part = new Part(id, (uint)number, (uint)count) };
                var body = content[(number * MaxContent)..Math.Min((number + 1) * MaxContent, content.Length)];
                if (sending.Count == PartsUnderWay)
                    await sending.Dequeue().ConfigureAwait(false);
                sending.Enqueue(SendAsync(NewMessageId(), body.Span, writer => Plaintext.BeginContent(writer, part), rest.Token));
            }
            var sent = await Task.WhenAll(sending).ConfigureAwait(false);
            return new SentMessage(id, sent[^1].Sequence);
        }
        catch
        {
            await rest.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private Task<SentMessage> SendAsync(MessageId id, ReadOnlySpan<byte> body, Action<TlsWriter> begin, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<SentMessage>(cancellationToken);
        var plaintext = new TlsWriter(body.Length + MaxFront);
        begin(plaintext);
        plaintext.WriteFixed(body);
        return _outbox.SendAsync(new Outgoing(id, plaintext, cancellationToken), cancellationToken);
    }

    /// <summary>16 random bytes.</summary>
    public MessageId NewMessageId()
    {
        Span<byte> bytes = stackalloc byte[MessageId.Size];
        session.Context.Random(bytes);
        return MessageId.FromBytes(bytes);
    }
}
