using System.Diagnostics.CodeAnalysis;

namespace Skytale.Protocol;

/// <summary>
/// An agent's identity: the <c>did:key</c> of its Ed25519 public key, in its one canonical spelling
/// (<c>did:key:z6Mk…</c>: multibase base58btc of the multicodec prefix 0xed01 and the 32 key bytes).
/// </summary>
public readonly record struct AgentId
{
    /// <summary>Length of the public key, in bytes.</summary>
    public const int PublicKeySize = 32;

    private const string Prefix = "did:key:z";
    private static ReadOnlySpan<byte> Ed25519Multicodec => [0xed, 0x01];

    private readonly string? _text;

    private AgentId(string text) => _text = text;

    /// <summary>The DID, or the empty string for <c>default</c>.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The identity of a public key.</summary>
    /// <param name="publicKey">32 bytes.</param>
    public static AgentId FromPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeySize)
            throw new ArgumentException("An Ed25519 public key has 32 bytes.", nameof(publicKey));
        Span<byte> multicodec = stackalloc byte[2 + PublicKeySize];
        Ed25519Multicodec.CopyTo(multicodec);
        publicKey.CopyTo(multicodec[2..]);
        return new AgentId(Prefix + Base58.Encode(multicodec));
    }

    /// <summary>The 32 key bytes that the identity spells out.</summary>
    public byte[] ToPublicKey()
    {
        var decoded = new byte[2 + PublicKeySize];
        return Base58.TryDecode(ToString().AsSpan(Prefix.Length), decoded)
            ? decoded[2..]
            : throw new InvalidOperationException("The default AgentId has no key.");
    }

    /// <summary>Reads the canonical spelling of an Ed25519 did:key; refuses every other string.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AgentId agentId)
    {
        agentId = default;
        if (text is null || text.Length > 64 || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        Span<byte> decoded = stackalloc byte[2 + PublicKeySize];
        // Base58 spells a number in one way but for leading zeros, of which a multicodec's first byte leaves none.
        if (!Base58.TryDecode(text.AsSpan(Prefix.Length), decoded) || !decoded.StartsWith(Ed25519Multicodec) || text[Prefix.Length] == Base58.Zero)
            return false;
        agentId = new AgentId(text);
        return true;
    }
}
