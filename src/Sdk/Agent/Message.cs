using System.Runtime.CompilerServices;
using System.Text;
using Skytale.Agent.Channels;
using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>
/// A message that a member sent. It owns its plaintext, which <see cref="Dispose"/> zeroes, or the finaliser of what was
/// forgotten; nothing but <see cref="Content"/> and <see cref="Text"/> shows it. Until it is acknowledged the channel keeps a
/// copy, to show it again.
/// </summary>
public sealed class Message : IDisposable
{
    private readonly ChannelSession _session;
    private readonly MessageContent _content;
    private readonly Func<Sequence, CancellationToken, Task> _acknowledge;
    private readonly EpochHandle _epoch;
    private bool _isDisposed;

    internal Message(ChannelSession session, UnreadMessage unread, bool redelivered, Func<Sequence, CancellationToken, Task> acknowledge)
    {
        (_session, Sequence, Redelivered, _acknowledge) = (session, unread.Sequence, redelivered, acknowledge);
        _content = unread.Content.Hold();
        _epoch = unread.Epoch;
    }

    /// <summary>The one key that it was encrypted under: its epoch, by its transcript, and the sender's generation there.</summary>
    internal string Key => $"{_epoch.Group.Public.Context.ConfirmedTranscriptHash}:{_content.Generation}";

    /// <summary>Its id, which an answer names: 16 random bytes of the sender's.</summary>
    public MessageId Id => _content.Id;

    /// <summary>Who sent it: proved by the signature of the sender's leaf.</summary>
    public AgentId Sender => _content.Sender;

    /// <summary>The media type that the sender gave, visible ASCII of at most 127 characters; empty: none.</summary>
    public string ContentType => _content.Header.ContentType;

    /// <summary>The message that this one answers, by the sender's account; null: none.</summary>
    public MessageId? ReplyTo => _content.Header.ReplyTo;

    /// <summary>Its place in the channel's order.</summary>
    public Sequence Sequence { get; }

    /// <summary>True when it was shown before and not acknowledged.</summary>
    public bool Redelivered { get; }

    /// <summary>The bytes; valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The message was disposed.</exception>
    public ReadOnlySpan<byte> Content
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _content.Body.Span;
        }
    }

    /// <summary>The bytes as UTF-8. A string cannot be zeroed: use <see cref="Content"/> for what must not stay in memory.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Says that the message is done with: it will not be shown again. Moving the enumeration on does the same.</summary>
    public Task AcknowledgeAsync(CancellationToken cancellationToken = default) => _acknowledge(Sequence, cancellationToken);

    /// <summary>Sender, sequence and size, never content.</summary>
    public override string ToString() => $"Message {Sequence} from {Sender}";

    /// <summary>Answers this message: <see cref="SkytaleChannel.SendAsync(ReadOnlyMemory{byte}, SendOptions?, CancellationToken)"/> with its id.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> ReplyAsync(ReadOnlyMemory<byte> content, string contentType = "", CancellationToken cancellationToken = default) =>
        _session.Sending.SendAsync(content, new SendOptions { ContentType = contentType, ReplyTo = Id }, cancellationToken);

    /// <summary>Answers with bytes that are copied before this returns, as <see cref="SkytaleChannel.SendAsync(ReadOnlySpan{byte}, SendOptions?, CancellationToken)"/> does.</summary>
    /// <param name="content">At most 64 MiB.</param>
    /// <param name="contentType">As in <see cref="SendOptions.ContentType"/>.</param>
    /// <param name="cancellationToken">Gives up: the answer may have been sent.</param>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<SentMessage> ReplyAsync(ReadOnlySpan<byte> content, string contentType = "", CancellationToken cancellationToken = default) =>
        _session.Sending.SendAsync(content, new SendOptions { ContentType = contentType, ReplyTo = Id }, cancellationToken);

    /// <summary>Answers with a text as UTF-8.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> ReplyAsync(string text, string contentType = "", CancellationToken cancellationToken = default) =>
        _session.Sending.SendTextAsync(text, new SendOptions { ContentType = contentType, ReplyTo = Id }, cancellationToken);

    /// <summary>Gives up the plaintext, which is zeroed once the channel has no use for it either.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
            _content.Dispose();
    }
}
