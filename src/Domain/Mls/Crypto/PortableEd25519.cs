using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Skytale.Mls.Crypto;

/// <summary>Ed25519 (RFC 8032 §5.1) where libsodium cannot be loaded.</summary>
internal sealed class PortableEd25519 : BouncyEdDsa<int[]>
{
    public static readonly PortableEd25519 Instance = new();

    // d = -121665 / 121666; L = 2^252 + 27742317777372353535851937790883648493; -B is B's y with the sign of x set.
    private static readonly EdDsaVerifier<int[]> Ed25519Verifier = new(
        new EdwardsCurve<int[]>(
            new Field25519(),
            negativeA: true,
            d: BigInteger.Parse("37095705934669439343138083508754565189542113879843219016388785533085940283555", CultureInfo.InvariantCulture),
            order: BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture),
            cofactorBits: 3),
        Convert.FromHexString("58666666666666666666666666666666666666666666666666666666666666e6"),
        Hash);

    private PortableEd25519()
        : base("Ed25519", Curve.SecretKeySize, Curve.PublicKeySize, Curve.SignatureSize)
    {
    }

    protected override EdDsaVerifier<int[]> Verifier => Ed25519Verifier;

    protected override void GeneratePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey) => Curve.GeneratePublicKey(seed, publicKey);

    protected override bool IsInSubgroup(ReadOnlySpan<byte> publicKey) => Curve.ValidatePublicKeyFull(publicKey);

    protected override void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature) =>
        Curve.Sign(seed, publicKey, message, signature);

    private static void Hash(ReadOnlySpan<byte> r, ReadOnlySpan<byte> a, ReadOnlySpan<byte> message, Span<byte> hash)
    {
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha512.AppendData(r);
        sha512.AppendData(a);
        sha512.AppendData(message);
        sha512.GetHashAndReset(hash);
    }
}
