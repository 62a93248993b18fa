using Skytale.Groups;
using Skytale.Mls.Groups;
using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>A message that <see cref="SkytaleGroup.Open"/> decrypted. It owns its plaintext, which disposal zeroes.</summary>
public sealed class OpenedMessage : IDisposable
{
    private readonly UnprotectedMessage _opened;

    internal OpenedMessage(UnprotectedMessage opened) => _opened = opened;

    /// <summary>Who sealed it: proved by the signature of the sender's leaf.</summary>
    public AgentId Sender => AgentLeaf.Named(_opened.Credential)!.Value;

    /// <summary>The bytes; valid until disposal.</summary>
    public ReadOnlySpan<byte> Content => _opened.Plaintext.Span;

    /// <summary>The sender, never content.</summary>
    public override string ToString() => $"Message from {Sender}";

    /// <summary>Zeroes the plaintext.</summary>
    public void Dispose() => _opened.Dispose();
}
