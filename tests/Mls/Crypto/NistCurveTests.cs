using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.EC;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tests.Crypto.Signatures;

namespace Skytale.Mls.Tests.Crypto;

public sealed class NistCurveTests
{
    public static TheoryData<int> Curves => [256, 384, 521];

    private static readonly CipherSuiteId[] Suites =
    [
        CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256, CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384, CipherSuiteId.MLS_256_DHKEMP521_AES256GCM_SHA512_P521,
    ];

    [Theory]
    [MemberData(nameof(Curves))]
    public void Scalars_are_the_numbers_from_one_to_the_order(int bits)
    {
        var (curve, order) = (Curve(bits), Order(bits));
        foreach (var (value, expected) in new[] { (BigInteger.Zero, false), (1, true), (order - 1, true), (order, false), (order + 1, false), (BigInteger.Pow(2, 8 * curve.FieldSize) - 1, false), (order >> 1, true) })
            curve.IsScalar(Bytes(value, curve.FieldSize)).ShouldBe(expected, value.ToString());
        curve.IsScalar(Bytes(1, curve.FieldSize + 1)).ShouldBeFalse();
        curve.IsScalar(Bytes(1, curve.FieldSize - 1)).ShouldBeFalse();
        curve.IsScalar([]).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void The_platforms_points_are_points_and_their_neighbours_are_not(int bits)
    {
        var curve = Curve(bits);
        for (var i = 0; i < 10; i++)
        {
            using var key = ECDsa.Create(curve.Curve);
            var point = NistKeys.Point(curve, key.ExportParameters(false).Q);
            curve.IsPoint(point).ShouldBeTrue();
            point[^1] ^= 1;
            curve.IsPoint(point).ShouldBeFalse();
            point[^1] ^= 1;
            point[1 + curve.FieldSize - 1] ^= 1;
            curve.IsPoint(point).ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_public_key_computed_for_a_platform_that_does_not_is_the_platforms(int bits)
    {
        var curve = Curve(bits);
        using var pair = Suite(bits).GenerateSignatureKeyPair(TestRandom.Fill);
        NistKeys.Point(curve, NistKeys.Multiply(curve, pair.PrivateKey.Value.Span)).ShouldBe(pair.PublicKey.Value.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Private_keys_may_come_without_their_leading_zeros_and_out_of_range_not_at_all(int bits)
    {
        var (curve, suite) = (Curve(bits), Suite(bits));
        using var padded = suite.Signature.FromSeed(Bytes(70000, curve.FieldSize));
        using var bare = suite.Signature.FromSeed(Bytes(70000, 3));
        bare.PublicKey.ShouldBe(padded.PublicKey);
        var signature = suite.Signature.Sign(bare.PrivateKey, "message"u8);
        suite.Signature.Verify(padded.PublicKey, "message"u8, signature.Span).ShouldBeTrue();
        foreach (var seed in new[] { [], new byte[curve.FieldSize], Bytes(Order(bits), curve.FieldSize), Bytes(1, curve.FieldSize + 1) })
        {
            Expect.Refused(MlsError.InvalidPrivateKey, () => suite.Signature.FromSeed(seed));
            using var key = new HpkePrivateKey(Secret.Copy(seed));
            Expect.Refused(MlsError.InvalidPrivateKey, () => suite.KeyPairOf(key));
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_shared_secret_is_the_x_coordinate_in_the_fields_size(int bits)
    {
        // DH(d, B) is the public key of d: small scalars' x-coordinates have leading zeros now and then, random ones rarely.
        var curve = Curve(bits);
        var arithmetic = bits switch { 256 => ShortWeierstrass.P256, 384 => ShortWeierstrass.P384, _ => ShortWeierstrass.P521 };
        using var one = ECDiffieHellman.Create(NistKeys.Public(curve, (byte[])[4, .. Bytes(arithmetic.Base.X, curve.FieldSize), .. Bytes(arithmetic.Base.Y, curve.FieldSize)]));
        using var publicKey = one.PublicKey;
        var point = arithmetic.Multiply(2, arithmetic.Base);
        var d = 2;
        for (; point.X >= BigInteger.Pow(2, 8 * curve.FieldSize - 8); d++)
            point = arithmetic.Add(point, arithmetic.Base);
        using var scalar = Secret.Copy(Bytes(d, 3));
        using var own = NistKeys.WithPrivate(curve, scalar, ECDiffieHellman.Create);
        own.DeriveRawSecretAgreement(publicKey).ShouldBe(Bytes(point.X, curve.FieldSize));
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_random_source_that_only_gives_numbers_above_the_order_is_found_out(int bits) =>
        Should.Throw<InvalidOperationException>(() => Suite(bits).GenerateSignatureKeyPair(destination => destination.Fill(0xff)));

    [Theory]
    [MemberData(nameof(Curves))]
    public void Ciphertexts_to_no_point_and_from_no_point_are_refused(int bits)
    {
        var (curve, suite) = (Curve(bits), Suite(bits));
        using var pair = suite.GenerateHpkeKeyPair(TestRandom.Fill);
        var off = pair.PublicKey.Value.Span.ToArray();
        off[^1] ^= 1;
        suite.IsValidPublicKey(new Opaque(off)).ShouldBeFalse();
        Expect.Refused(MlsError.InvalidPublicKey, () => suite.EncryptWithLabel(new HpkePublicKey(new Opaque(off)), "label"u8, [], [], TestRandom.Fill));
        var ciphertext = suite.EncryptWithLabel(pair.PublicKey, "label"u8, [], [], TestRandom.Fill);
        foreach (var output in new[] { new Opaque(off), Opaque.Empty, new Opaque(new byte[curve.PointSize]), new Opaque(ciphertext.KemOutput.Memory[..^1]) })
            Expect.Refused(MlsError.InvalidPublicKey, () => suite.DecryptWithLabel(pair, "label"u8, [], ciphertext with { KemOutput = output }));
    }

    private static NistCurve Curve(int bits) => bits switch { 256 => NistCurve.P256, 384 => NistCurve.P384, _ => NistCurve.P521 };

    private static CipherSuite Suite(int bits) => CipherSuite.Get(Suites[bits switch { 256 => 0, 384 => 1, _ => 2 }]);

    // Another's constant than the product's.
    private static BigInteger Order(int bits) => new(CustomNamedCurves.GetByName($"P-{bits}").N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value, int size)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - bytes.Length], .. bytes];
    }
}
