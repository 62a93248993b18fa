using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.SecretTree;

/// <summary>§9.1: the key and nonce of one generation, for one message (§9.2: deleted after use).</summary>
internal sealed class MessageKey(Generation generation, Secret key, Secret nonce) : IDisposable
{
    public Generation Generation { get; } = generation;

    /// <summary>AEAD.Nk bytes.</summary>
    public Secret Key { get; } = key;

    /// <summary>AEAD.Nn bytes, before the reuse guard.</summary>
    public Secret Nonce { get; } = nonce;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt32(Generation.Value);
        writer.WriteOpaque(Key.Span);
        writer.WriteOpaque(Nonce.Span);
    }

    public static MessageKey ReadFrom(ref TlsReader reader) => new(
        new Generation(reader.ReadUInt32()),
        Secret.Copy(reader.ReadOpaque().Span),
        Secret.Copy(reader.ReadOpaque().Span));

    public void Dispose()
    {
        Key.Dispose();
        Nonce.Dispose();
    }
}
