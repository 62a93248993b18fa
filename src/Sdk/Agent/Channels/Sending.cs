using Skytale.Mls.Codec;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Messages out: what an application says, and what its agent tells the others'.</summary>
internal sealed class Sending(ChannelSession session)
{
    /// <summary>The largest content, in bytes: with padding and framing it stays under a relay's 1 MiB frame.</summary>
    public const int MaxContent = 900 << 10;

    /// <summary>Bytes that a plaintext has in front of its body, about.</summary>
    private const int MaxFront = 192;

    private static readonly TimeSpan EpochPatience = TimeSpan.FromSeconds(30);

    private readonly Outbox _outbox = new(session);

    /// <summary>Encrypts and sends; returns when the relay has accepted the message.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        if (content.Length > MaxContent)
            throw new SkytaleException(SkytaleError.MessageTooLarge, $"A message of {content.Length} bytes; {MaxContent} are possible.", "Send it in parts.");
        if (!ContentHeader.IsContentType(options.ContentType))
            throw new SkytaleException(SkytaleError.InvalidArgument, "That is no content type.", $"A media type has at most {ContentHeader.MaxContentType} visible ASCII characters.");
        return SendAsync(content.Span, writer => Plaintext.BeginContent(writer, new ContentHeader(options.ContentType, options.ReplyTo)), cancellationToken);
    }

    /// <summary>Sends what the members' agents are to know and no application is shown.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendNoticeAsync(NoticeType type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(body.Span, writer => Plaintext.BeginNotice(writer, type), cancellationToken);

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

    private Task<SentMessage> SendAsync(ReadOnlySpan<byte> body, Action<TlsWriter> begin, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<SentMessage>(cancellationToken);
        var plaintext = new TlsWriter(body.Length + MaxFront);
        begin(plaintext);
        plaintext.WriteFixed(body);
        return _outbox.SendAsync(new Outgoing(NewMessageId(), plaintext, cancellationToken), cancellationToken);
    }

    private MessageId NewMessageId()
    {
        Span<byte> bytes = stackalloc byte[MessageId.Size];
        session.Context.Random(bytes);
        return MessageId.FromBytes(bytes);
    }
}
