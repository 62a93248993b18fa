using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>A signature scheme of RFC 8446 §4.2.3. What a backend accepts is part of the protocol: all must accept the same.</summary>
public interface ISignatureScheme
{
    /// <summary>Bytes of a private key.</summary>
    int SeedSize { get; }

    /// <summary>A fresh key pair.</summary>
    SignatureKeyPair Generate(FillRandom random);

    /// <summary>The key pair of a private key: for EdDSA the seed (RFC 8032 §5.1.5, §5.2.5), for ECDSA the big-endian scalar.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPrivateKey"/>.</exception>
    SignatureKeyPair FromSeed(ReadOnlySpan<byte> seed);

    /// <summary>True when the bytes are a public key that signatures can be checked with.</summary>
    bool IsValidPublicKey(ReadOnlySpan<byte> publicKey);

    /// <summary>Signs the message.</summary>
    Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message);

    /// <summary>True when the signature is the key's over the message.</summary>
    bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
