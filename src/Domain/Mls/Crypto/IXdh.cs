namespace Skytale.Mls.Crypto;

/// <summary>A Diffie-Hellman function of RFC 7748, where any bytes of its size are a private key.</summary>
internal interface IXdh
{
    /// <summary>Bytes of a private key, a public key and a result.</summary>
    int Size { get; }

    /// <summary>True when the bytes are a public key and not of small order, so that multiplication never gives zero.</summary>
    bool IsValidPublicKey(ReadOnlySpan<byte> publicKey);

    /// <summary>The public key of a private key.</summary>
    void PublicKey(Span<byte> publicKey, ReadOnlySpan<byte> privateKey);

    /// <summary>The shared result; false when it is all zeros, which RFC 9180 §7.1.4 asks to refuse. Sizes are the caller's to check.</summary>
    bool TryAgree(Span<byte> result, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey);
}
