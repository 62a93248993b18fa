using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Skytale.Mls.Crypto;

/// <summary>Ed25519 (RFC 8032 §5.1) where libsodium cannot be loaded: keys and signatures by BouncyCastle, checked by <see cref="EdDsaVerifier{TElement}"/>.</summary>
internal sealed class PortableEd25519 : ISignatureScheme
{
    public static readonly PortableEd25519 Instance = new();

    // d = -121665 / 121666; L = 2^252 + 27742317777372353535851937790883648493; -B is B's y with the sign of x set.
    private static readonly EdDsaVerifier<int[]> Verifier = new(
        new EdwardsCurve<int[]>(
            new Field25519(),
            negativeA: true,
            d: BigInteger.Parse("37095705934669439343138083508754565189542113879843219016388785533085940283555", CultureInfo.InvariantCulture),
            order: BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture),
            cofactorBits: 3),
        Convert.FromHexString("58666666666666666666666666666666666666666666666666666666666666e6"),
        Hash);

    public int SeedSize => Curve.SecretKeySize;

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
            return new SignatureKeyPair(new SignaturePublicKey(Opaque.Copy(privateKey.Prepared(PublicKeyOf).Encoded)), privateKey);
        }
        catch
        {
            privateKey.Dispose();
            throw;
        }
    }

    public bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == Curve.PublicKeySize && Curve.ValidatePublicKeyFull(publicKey);

    public Opaque Sign(SignaturePrivateKey privateKey, ReadOnlySpan<byte> message)
    {
        var publicKey = privateKey.Prepared(PublicKeyOf);
        var signature = new byte[Curve.SignatureSize];
        Curve.Sign(privateKey.Value.Span, publicKey.Encoded, message, signature);
        GC.KeepAlive(privateKey);
        return new Opaque(signature);
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verifier.Verify(publicKey.Value.Span, message, signature);

    private static EdDsaPublicKey PublicKeyOf(Secret seed)
    {
        if (seed.Length != Curve.SecretKeySize)
            throw new MlsException(MlsError.InvalidPrivateKey, "an Ed25519 seed has 32 bytes");
        var publicKey = new byte[Curve.PublicKeySize];
        Curve.GeneratePublicKey(seed.Span, publicKey);
        GC.KeepAlive(seed);
        return new EdDsaPublicKey(publicKey);
    }

    private static void Hash(ReadOnlySpan<byte> r, ReadOnlySpan<byte> a, ReadOnlySpan<byte> message, Span<byte> hash)
    {
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha512.AppendData(r);
        sha512.AppendData(a);
        sha512.AppendData(message);
        sha512.GetHashAndReset(hash);
    }
}
