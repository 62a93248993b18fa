using System.Globalization;
using System.Numerics;
using Org.BouncyCastle.Crypto.Digests;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed448;

namespace Skytale.Mls.Crypto;

/// <summary>Ed448 (RFC 8032 §5.2), with the empty context.</summary>
internal sealed class Ed448 : BouncyEdDsa<uint[]>
{
    public static readonly Ed448 Instance = new();

    private static readonly byte[] NoContext = [];

    // d = -39081; L = 2^446 - 13818066809895115352007386748515426880336692474882178609894547503885; -B has an odd x.
    private static readonly EdDsaVerifier<uint[]> Ed448Verifier = new(
        new EdwardsCurve<uint[]>(
            new Field448(),
            negativeA: false,
            d: BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1 - 39081,
            order: BigInteger.Pow(2, 446) - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885", CultureInfo.InvariantCulture),
            cofactorBits: 2),
        Convert.FromHexString("14fa30f25b790898adc8d74e2c13bdfdc4397ce61cffd33ad7c2a0051e9c78874098a36c7373ea4b62c7c9563720768824bcb66e71463f6980"),
        Hash);

    private Ed448()
        : base("Ed448", Curve.SecretKeySize, Curve.PublicKeySize, Curve.SignatureSize)
    {
    }

    protected override EdDsaVerifier<uint[]> Verifier => Ed448Verifier;

    protected override void GeneratePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey) => Curve.GeneratePublicKey(seed, publicKey);

    protected override bool IsInSubgroup(ReadOnlySpan<byte> publicKey) => Curve.ValidatePublicKeyFull(publicKey);

    protected override void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature) =>
        Curve.Sign(seed, publicKey, NoContext, message, signature);

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
