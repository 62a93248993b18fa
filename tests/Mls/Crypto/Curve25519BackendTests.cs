using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

/// <summary>With libsodium and without, X25519 and Ed25519 give the same; what they refuse is in Signatures.</summary>
public sealed class Curve25519BackendTests
{
    [Fact]
    public void Libsodium_is_used_where_it_can_be_loaded()
    {
        Curve25519.X25519.ShouldBe(Sodium.IsAvailable ? SodiumX25519.Instance : BouncyX25519.Instance);
        Curve25519.Ed25519.ShouldBe(Sodium.IsAvailable ? SodiumEd25519.Instance : PortableEd25519.Instance);
    }

    [Fact]
    public void The_package_brings_a_libsodium_that_keeps_the_rule()
    {
        Assert.SkipUnless(Sodium.CanLoad("libsodium"), "libsodium cannot be loaded here");
        SodiumRule.Holds().ShouldBeTrue();
        Sodium.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void A_library_that_is_not_there_is_not_available() => Sodium.CanLoad("no-such-library").ShouldBeFalse();

    [Fact]
    public void X25519_gives_the_same_with_and_without_libsodium()
    {
        Assert.SkipUnless(Sodium.IsAvailable, "libsodium cannot be loaded here");
        var (scalar, point) = (new byte[32], new byte[32]);
        var (one, other) = (new byte[32], new byte[32]);
        for (var i = 0; i < 100; i++)
        {
            TestRandom.Fill(scalar);
            TestRandom.Fill(point);
            SodiumX25519.Instance.PublicKey(one, scalar);
            BouncyX25519.Instance.PublicKey(other, scalar);
            one.ShouldBe(other);
            SodiumX25519.Instance.TryAgree(one, scalar, point).ShouldBeTrue();
            BouncyX25519.Instance.TryAgree(other, scalar, point).ShouldBeTrue();
            one.ShouldBe(other);
        }
    }

    [Fact]
    public void X25519_refuses_the_same_points_without_libsodium()
    {
        var scalar = new byte[32];
        TestRandom.Fill(scalar);
        foreach (var small in X25519Points.SmallOrder)
            BouncyX25519.Instance.TryAgree(new byte[32], scalar, small.Span).ShouldBeFalse();
    }

    [Fact]
    public void Ed25519_makes_the_same_keys_and_signatures_with_and_without_libsodium()
    {
        Assert.SkipUnless(Sodium.IsAvailable, "libsodium cannot be loaded here");
        for (var i = 0; i < 50; i++)
        {
            using var pair = SodiumEd25519.Instance.Generate(TestRandom.Fill);
            using var same = PortableEd25519.Instance.FromSeed(pair.PrivateKey.Value.Span);
            same.PublicKey.ShouldBe(pair.PublicKey);
            var message = new byte[i * 13];
            TestRandom.Fill(message);
            var signature = SodiumEd25519.Instance.Sign(pair.PrivateKey, message);
            PortableEd25519.Instance.Sign(same.PrivateKey, message).ShouldBe(signature);
            PortableEd25519.Instance.Verify(pair.PublicKey, message, signature.Span).ShouldBeTrue();
            PortableEd25519.Instance.Verify(pair.PublicKey, [.. message, 0], signature.Span).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Seeds_of_another_size_are_refused(int size)
    {
        foreach (var scheme in new[] { Curve25519.Ed25519, PortableEd25519.Instance, Ed448.Instance })
        {
            Expect.Refused(MlsError.InvalidPrivateKey, () => scheme.FromSeed(new byte[size]));
            using var key = new SignaturePrivateKey(Secret.Zero(size));
            Expect.Refused(MlsError.InvalidPrivateKey, () => scheme.Sign(key, []));
        }
    }
}
