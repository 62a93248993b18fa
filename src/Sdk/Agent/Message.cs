using System.Text;
using Skytale.Agent.Channels;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>
/// A message that a member sent. It owns its plaintext, which <see cref="Dispose"/> zeroes, or the finaliser of what was
/// forgotten; nothing but <see cref="Content"/> and <see cref="Text"/> shows it. Until it is acknowledged the channel keeps a
/// copy, to show it again.
/// </summary>
public sealed class Message : IDisposable
{
    private readonly Secret _content;
    private readonly Func<Sequence, CancellationToken, Task> _acknowledge;

    internal Message(UnreadMessage unread, bool redelivered, Func<Sequence, CancellationToken, Task> acknowledge)
    {
        (Sequence, Redelivered, _acknowledge) = (unread.Sequence, redelivered, acknowledge);
        var content = unread.Content;
        (Id, Sender, ContentType, ReplyTo) = (content.Id, content.Sender, content.Header.ContentType, content.Header.ReplyTo);
        _content = Secret.Copy(content.Body.Span);
    }

    /// <summary>Its id, which an answer names: 16 random bytes of the sender's.</summary>
    public MessageId Id { get; }

    /// <summary>Who sent it: proved by the signature of the sender's leaf.</summary>
    public AgentId Sender { get; }

    /// <summary>The media type that the sender gave, visible ASCII of at most 127 characters; empty: none.</summary>
    public string ContentType { get; }

    /// <summary>The message that this one answers, by the sender's account; null: none.</summary>
    public MessageId? ReplyTo { get; }

    /// <summary>Its place in the channel's order.</summary>
    public Sequence Sequence { get; }

    /// <summary>True when it was shown before and not acknowledged.</summary>
    public bool Redelivered { get; }

    /// <summary>The bytes; valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The message was disposed.</exception>
    public ReadOnlySpan<byte> Content => _content.Span;

    /// <summary>The bytes as UTF-8. A string cannot be zeroed: use <see cref="Content"/> for what must not stay in memory.</summary>
    public string Text => Encoding.UTF8.GetString(_content.Span);

    /// <summary>Says that the message is done with: it will not be shown again. Moving the enumeration on does the same.</summary>
    public Task AcknowledgeAsync(CancellationToken cancellationToken = default) => _acknowledge(Sequence, cancellationToken);

    /// <summary>Sender, sequence and size, never content.</summary>
    public override string ToString() => $"Message {Sequence} from {Sender}";

    public void Dispose() => _content.Dispose();
}
