using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.SecretTree;

// §9.1:
// ratchet_key_[N]_[j]      = DeriveTreeSecret(ratchet_secret_[N]_[j], "key",    j, AEAD.Nk)
// ratchet_nonce_[N]_[j]    = DeriveTreeSecret(ratchet_secret_[N]_[j], "nonce",  j, AEAD.Nn)
// ratchet_secret_[N]_[j+1] = DeriveTreeSecret(ratchet_secret_[N]_[j], "secret", j, KDF.Nh)

/// <summary>§9.1: a leaf's symmetric ratchet at one place: immutable, a step gives the next.</summary>
internal sealed class HashRatchet(ulong next, Secret secret) : IDisposable
{
    /// <summary>A generation is a uint32 on the wire: the ratchet ends rather than wraps.</summary>
    public const long Generations = 1L << 32;

    /// <summary>The generation of the next key; 2^32 when all were given.</summary>
    public ulong Next { get; } = next;

    /// <summary>ratchet_secret of that generation.</summary>
    private Secret Secret { get; } = secret;

    /// <summary>§9, figure 26: ratchet_secret_[N]_[0] = ExpandWithLabel(tree_node_[N]_secret, label, "", KDF.Nh).</summary>
    public static HashRatchet FromLeaf(CipherSuite suite, Secret leafSecret, ReadOnlySpan<byte> label) =>
        new(0, suite.DeriveSecret(leafSecret, label));

    /// <summary>The key of this place.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.GenerationTooFarAhead"/> behind the last generation.</exception>
    public MessageKey CurrentKey(CipherSuite suite) => new(
        new Generation(Number),
        suite.DeriveTreeSecret(Secret, Labels.Key, Number, suite.Aead.KeySize),
        suite.DeriveTreeSecret(Secret, Labels.Nonce, Number, suite.Aead.NonceSize));

    /// <summary>The ratchet behind this place. This one is the caller's to dispose.</summary>
    public HashRatchet Step(CipherSuite suite) => new(Next + 1, suite.DeriveTreeSecret(Secret, Labels.Secret, Number, suite.HashSize));

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt64(Next);
        writer.WriteOpaque(Secret.Span);
    }

    public static HashRatchet ReadFrom(ref TlsReader reader) => new(reader.ReadUInt64(), Secret.Copy(reader.ReadOpaque().Span));

    public void Dispose() => Secret.Dispose();

    private uint Number => Next < Generations
        ? (uint)Next
        : throw new MlsException(MlsError.GenerationTooFarAhead, "every generation of this ratchet was used");
}
