using System.Globalization;
using System.Numerics;
using Org.BouncyCastle.Crypto.Digests;
using Skytale.Mls.Codec;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed448;

namespace Skytale.Mls.Crypto;

/// <summary>Ed448 (RFC 8032 §5.2), with the empty context: keys and signatures by BouncyCastle, checked by <see cref="EdDsaVerifier{TElement}"/>.</summary>
internal sealed class Ed448 : ISignatureScheme
{
    public static readonly Ed448 Instance = new();

    private static readonly byte[] NoContext = [];

    // d = -39081; L = 2^446 - 13818066809895115352007386748515426880336692474882178609894547503885; -B has an odd x.
    private static readonly EdDsaVerifier<uint[]> Verifier = new(
        new EdwardsCurve<uint[]>(
            new Field448(),
            negativeA: false,
            d: BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1 - 39081,
            order: BigInteger.Pow(2, 446) - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885", CultureInfo.InvariantCulture),
            cofactorBits: 2),
        Convert.FromHexString("14fa30f25b790898adc8d74e2c13bdfdc4397ce61cffd33ad7c2a0051e9c78874098a36c7373ea4b62c7c9563720768824bcb66e71463f6980"),
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
        Curve.Sign(privateKey.Value.Span, publicKey.Encoded, NoContext, message, signature);
        GC.KeepAlive(privateKey);
        return new Opaque(signature);
    }

    public bool Verify(SignaturePublicKey publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verifier.Verify(publicKey.Value.Span, message, signature);

    private static EdDsaPublicKey PublicKeyOf(Secret seed)
    {
        if (seed.Length != Curve.SecretKeySize)
            throw new MlsException(MlsError.InvalidPrivateKey, "an Ed448 seed has 57 bytes");
        var publicKey = new byte[Curve.PublicKeySize];
        Curve.GeneratePublicKey(seed.Span, publicKey);
        GC.KeepAlive(seed);
        return new EdDsaPublicKey(publicKey);
    }

    // SHAKE256(dom4(0, "") || R || A || M, 114)
    private static void Hash(ReadOnlySpan<byte> r, ReadOnlySpan<byte> a, ReadOnlySpan<byte> message, Span<byte> hash)
    {
        var shake = new ShakeDigest(256);
        shake.BlockUpdate("SigEd448\0\0"u8);
        shake.BlockUpdate(r);
        shake.BlockUpdate(a);
        shake.BlockUpdate(message);
        shake.OutputFinal(hash);
    }
}
