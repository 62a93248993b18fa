namespace Skytale.Mls.Crypto;

/// <summary>A key encapsulation mechanism of RFC 9180 §4.</summary>
public interface IKem
{
    /// <summary>RFC 9180 §7.1: the identifier that enters every derivation.</summary>
    ushort Id { get; }

    /// <summary>Bytes of a shared secret: Nsecret.</summary>
    int SharedSecretSize { get; }

    /// <summary>Bytes of the keying material that makes a fresh key pair: Nsk.</summary>
    int PrivateKeySize { get; }

    /// <summary>True when the bytes are a valid public key or KEM output.</summary>
    bool IsValidPublicKey(ReadOnlySpan<byte> publicKey);

    /// <summary>RFC 9180 §7.1.3: the key pair of some keying material.</summary>
    HpkeKeyPair DeriveKeyPair(ReadOnlySpan<byte> keyingMaterial);

    /// <summary>The public key of a private key.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPrivateKey"/>.</exception>
    HpkePublicKey PublicKeyOf(HpkePrivateKey privateKey);

    /// <summary>A fresh shared secret and what tells it to the owner of the public key.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPublicKey"/>.</exception>
    (Secret SharedSecret, byte[] KemOutput) Encap(HpkePublicKey recipient, FillRandom random);

    /// <summary>The shared secret of a KEM output.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPublicKey"/>: the output is no valid point.</exception>
    Secret Decap(ReadOnlySpan<byte> kemOutput, HpkePrivateKey recipient, HpkePublicKey recipientPublicKey);
}
