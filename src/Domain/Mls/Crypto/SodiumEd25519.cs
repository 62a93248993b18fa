using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>Ed25519 (RFC 8032 §5.1) over libsodium, whose check is the rule of <see cref="EdDsaVerifier{TElement}"/>.</summary>
internal sealed class SodiumEd25519 : ISignatureScheme
{
    public static readonly SodiumEd25519 Instance = new();

    private const int SeedBytes = 32;
    private const int PublicKeySize = 32;
    private const int ExpandedKeySize = 64;
    private const int SignatureSize = 64;

    public int SeedSize => SeedBytes;

    public SignatureKeyPair Generate(FillRandom random)
    {
        using var seed = Secret.Random(SeedSize, random);
        return FromSeed(seed.Span);
    }

    public SignatureKeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        var privateKey = new SignaturePrivateKey(Secret.Copy(seed));
        try
        {
            return new SignatureKeyPair(new SignaturePublicKey(Opaque.Copy(privateKey.Prepared(Expand).Span[SeedBytes..])), privateKey);
        }
        catch
        {
            privateKey.Dispose();
            throw;
        }
    }

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == PublicKeySize && Sodium.IsValidPoint(publicKey);

    public Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message)
    {
        var expanded = privateKey.Prepared(Expand);
        var signature = new byte[SignatureSize];
        Sodium.SignDetached(signature, message, expanded.Span);
        GC.KeepAlive(privateKey);
        return new Opaque(signature);
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Value.Length == PublicKeySize
        && signature.Length == SignatureSize
        && Sodium.VerifyDetached(signature, message, publicKey.Value.Span);

    // libsodium's private key is the seed with the public key behind it; to compute that costs as much as to sign.
    private static Secret Expand(Secret seed)
    {
        if (seed.Length != SeedBytes)
            throw new MlsException(MlsError.InvalidPrivateKey, "an Ed25519 seed has 32 bytes");
        var expanded = Secret.Zero(ExpandedKeySize);
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        Sodium.SignSeedKeyPair(publicKey, expanded.Writable, seed.Span);
        GC.KeepAlive(seed);
        return expanded;
    }
}
