using System.Text;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>
/// A message that a member sent. It owns its plaintext, which <see cref="Dispose"/> zeroes; nothing but
/// <see cref="Content"/> and <see cref="Text"/> shows it.
/// </summary>
public sealed class Message : IDisposable
{
    private readonly Secret _content;
    private readonly Func<Sequence, CancellationToken, Task> _acknowledge;

    internal Message(AgentId sender, Sequence sequence, bool redelivered, Secret content, Func<Sequence, CancellationToken, Task> acknowledge)
    {
        Sender = sender;
        Sequence = sequence;
        Redelivered = redelivered;
        _content = content;
        _acknowledge = acknowledge;
    }

    /// <summary>Who sent it: proved by the signature of the sender's leaf.</summary>
    public AgentId Sender { get; }

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
