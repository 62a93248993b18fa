using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>EdDSA (RFC 8032) with keys and signatures by BouncyCastle, and checked by <see cref="EdDsaVerifier{TElement}"/>.</summary>
internal abstract class BouncyEdDsa<TElement>(string name, int seedSize, int publicKeySize, int signatureSize) : ISignatureScheme
    where TElement : class
{
    public int SeedSize => seedSize;

    /// <summary>By the rule that every backend keeps.</summary>
    protected abstract EdDsaVerifier<TElement> Verifier { get; }

    public SignatureKeyPair Generate(FillRandom random)
    {
        using var seed = Secret.Random(seedSize, random);
        return FromSeed(seed.Span);
    }

    public SignatureKeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        var privateKey = new SignaturePrivateKey(Secret.Copy(seed));
        try
        {
            return new SignatureKeyPair(new SignaturePublicKey(Opaque.Copy(privateKey.Prepared(PublicKeyOf).Encoded)), privateKey);
        }
        catch
        {
            privateKey.Dispose();
            throw;
        }
    }

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => publicKey.Length == publicKeySize && IsInSubgroup(publicKey);

    public Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message)
    {
        var publicKey = privateKey.Prepared(PublicKeyOf);
        var signature = new byte[signatureSize];
        Sign(privateKey.Value.Span, publicKey.Encoded, message, signature);
        GC.KeepAlive(privateKey);
        return new Opaque(signature);
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verifier.Verify(publicKey.Value.Span, message, signature);

    /// <summary>The public key of a seed.</summary>
    protected abstract void GeneratePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey);

    /// <summary>True for the encoding of a point of the base point's subgroup, other than the neutral one.</summary>
    protected abstract bool IsInSubgroup(ReadOnlySpan<byte> publicKey);

    protected abstract void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature);

    private EdDsaPublicKey PublicKeyOf(Secret seed)
    {
        if (seed.Length != seedSize)
            throw new MlsException(MlsError.InvalidPrivateKey, $"an {name} seed has {seedSize} bytes");
        var publicKey = new byte[publicKeySize];
        GeneratePublicKey(seed.Span, publicKey);
        GC.KeepAlive(seed);
        return new EdDsaPublicKey(publicKey);
    }
}
