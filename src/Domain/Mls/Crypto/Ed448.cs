using Skytale.Mls.Codec;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed448;

namespace Skytale.Mls.Crypto;

/// <summary>Ed448 (RFC 8032 §5.2), with the empty context, over BouncyCastle.</summary>
internal sealed class Ed448 : ISignatureScheme
{
    public static readonly Ed448 Instance = new();

    private static readonly byte[] NoContext = [];

    public int SeedSize => Curve.SecretKeySize;

    public SignatureKeyPair Generate(FillRandom random)
    {
        using var seed = Secret.Random(SeedSize, random);
        return FromSeed(seed.Span);
    }

    public SignatureKeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new MlsException(MlsError.InvalidPrivateKey, "an Ed448 seed has 57 bytes");
        var publicKey = new byte[Curve.PublicKeySize];
        Curve.GeneratePublicKey(seed, publicKey);
        return new SignatureKeyPair(new SignaturePublicKey(new Opaque(publicKey)), new SignaturePrivateKey(Secret.Copy(seed)));
    }

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == Curve.PublicKeySize && Curve.ValidatePublicKeyFull(publicKey);

    public Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Curve.SignatureSize];
        Curve.Sign(privateKey.Value.Span, NoContext, message, signature);
        return new Opaque(signature);
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Value.Length == Curve.PublicKeySize
        && signature.Length == Curve.SignatureSize
        && Curve.Verify(signature, publicKey.Value.Span, NoContext, message);
}
