using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>DHKEM(X25519, HKDF-SHA256) and DHKEM(X448, HKDF-SHA512), RFC 9180 §4.1 and §7.1.</summary>
internal sealed class DhKemXdh(ushort id, IXdh xdh, IKdf kdf) : IKem
{
    public static readonly DhKemXdh X25519 = new(0x0020, Curve25519.X25519, HkdfSha2.Sha256);
    public static readonly DhKemXdh X448 = new(0x0021, BouncyX448.Instance, HkdfSha2.Sha512);

    private readonly DhKemKdf _kdf = new(id, kdf);

    public ushort Id => id;

    public int SharedSecretSize => _kdf.SharedSecretSize;

    public int PrivateKeySize => xdh.Size;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => xdh.IsValidPublicKey(publicKey);

    public HpkeKeyPair DeriveKeyPair(ReadOnlySpan<byte> keyingMaterial)
    {
        // dkp_prk = LabeledExtract("", "dkp_prk", ikm); sk = LabeledExpand(dkp_prk, "sk", "", Nsk)
        using var prk = _kdf.ExtractKeyPair(keyingMaterial);
        var privateKey = new HpkePrivateKey(_kdf.ExpandKeyPair(prk, "sk"u8, [], xdh.Size));
        return new HpkeKeyPair(PublicKeyOf(privateKey), privateKey);
    }

    public HpkePublicKey PublicKeyOf(HpkePrivateKey privateKey)
    {
        CheckSize(privateKey);
        var publicKey = new byte[xdh.Size];
        xdh.PublicKey(publicKey, privateKey.Value.Span);
        GC.KeepAlive(privateKey);
        return new HpkePublicKey(new Opaque(publicKey));
    }

    public (Secret SharedSecret, byte[] KemOutput) Encap(HpkePublicKey recipient, FillRandom random)
    {
        // GenerateKeyPair() is random bytes: any bytes of the size are a private key.
        using var ephemeral = new HpkePrivateKey(Secret.Random(xdh.Size, random));
        var kemOutput = new byte[xdh.Size];
        xdh.PublicKey(kemOutput, ephemeral.Value.Span);
        return (SharedSecret(ephemeral, recipient.Value.Span, kemOutput, recipient), kemOutput);
    }

    public Secret Decap(ReadOnlySpan<byte> kemOutput, HpkePrivateKey recipient, HpkePublicKey recipientPublicKey) =>
        SharedSecret(recipient, kemOutput, kemOutput, recipientPublicKey);

    private Secret SharedSecret(HpkePrivateKey own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> kemOutput, HpkePublicKey recipient)
    {
        CheckSize(own);
        using var dh = Secret.Zero(xdh.Size);
        if (other.Length != xdh.Size || !xdh.TryAgree(dh.Writable, own.Value.Span, other))
            throw new MlsException(MlsError.InvalidPublicKey, "no public key of the suite's KEM, or one of small order");
        GC.KeepAlive(own);
        return _kdf.ExtractAndExpand(dh, kemOutput, recipient.Value.Span);
    }

    private void CheckSize(HpkePrivateKey privateKey)
    {
        if (privateKey.Value.Length != xdh.Size)
            throw new MlsException(MlsError.InvalidPrivateKey, $"a private key of this KEM has {xdh.Size} bytes");
    }
}
