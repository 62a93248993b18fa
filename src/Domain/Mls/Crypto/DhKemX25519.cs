using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>DHKEM(X25519, HKDF-SHA256), RFC 9180 §4.1 and §7.1.</summary>
internal sealed class DhKemX25519 : IKem
{
    public static readonly DhKemX25519 Instance = new();

    private const int KeySize = 32;

    private static readonly HpkeKdf Kdf = new(HkdfSha2.Sha256, [.. "KEM"u8, 0x00, 0x20]);

    public ushort Id => 0x0020;

    public int SharedSecretSize => 32;

    public int PrivateKeySize => KeySize;

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => X25519Points.IsValid(publicKey);

    public HpkeKeyPair DeriveKeyPair(ReadOnlySpan<byte> keyingMaterial)
    {
        // dkp_prk = LabeledExtract("", "dkp_prk", ikm); sk = LabeledExpand(dkp_prk, "sk", "", Nsk)
        using var prk = Kdf.LabeledExtract([], "dkp_prk"u8, keyingMaterial);
        var privateKey = new HpkePrivateKey(Kdf.LabeledExpand(prk.Span, "sk"u8, [], KeySize));
        return new HpkeKeyPair(PublicKeyOf(privateKey), privateKey);
    }

    public HpkePublicKey PublicKeyOf(HpkePrivateKey privateKey)
    {
        if (privateKey.Value.Length != KeySize)
            throw new MlsException(MlsError.InvalidPrivateKey, "an X25519 private key has 32 bytes");
        var publicKey = new byte[KeySize];
        Sodium.ScalarMultBase(publicKey, privateKey.Value.Span);
        return new HpkePublicKey(new Opaque(publicKey));
    }

    public (Secret SharedSecret, byte[] KemOutput) Encap(HpkePublicKey recipient, FillRandom random)
    {
        // GenerateKeyPair() is random bytes for X25519: every 32 bytes are a private key.
        using var ephemeral = new HpkePrivateKey(Secret.Random(KeySize, random));
        var kemOutput = new byte[KeySize];
        Sodium.ScalarMultBase(kemOutput, ephemeral.Value.Span);
        return (SharedSecret(ephemeral, recipient.Value.Span, kemOutput, recipient), kemOutput);
    }

    public Secret Decap(ReadOnlySpan<byte> kemOutput, HpkePrivateKey recipient, HpkePublicKey recipientPublicKey) =>
        SharedSecret(recipient, kemOutput, kemOutput, recipientPublicKey);

    private static Secret SharedSecret(HpkePrivateKey own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> kemOutput, HpkePublicKey recipient)
    {
        if (own.Value.Length != KeySize)
            throw new MlsException(MlsError.InvalidPrivateKey, "an X25519 private key has 32 bytes");
        using var dh = Secret.Zero(KeySize);
        if (other.Length != KeySize || !Sodium.ScalarMult(dh.Writable, own.Value.Span, other))
            throw new MlsException(MlsError.InvalidPublicKey, "no valid X25519 public key");

        // kem_context = enc || pkRm; ExtractAndExpand(dh, kem_context)
        Span<byte> kemContext = stackalloc byte[2 * KeySize];
        kemOutput.CopyTo(kemContext);
        recipient.Value.Span.CopyTo(kemContext[KeySize..]);
        using var prk = Kdf.LabeledExtract([], "eae_prk"u8, dh.Span);
        return Kdf.LabeledExpand(prk.Span, "shared_secret"u8, kemContext, 32);
    }
}
