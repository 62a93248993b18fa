using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

/// <summary>What a scheme keeps with a private key between signatures.</summary>
public sealed class PreparedKeyTests
{
    public static TheoryData<CipherSuiteId> Suites => new(CipherSuite.All.Keys);

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_key_signs_again_and_from_several_threads(CipherSuiteId id)
    {
        var suite = CipherSuite.Get(id);
        using var pair = suite.GenerateSignatureKeyPair(TestRandom.Fill);
        var signatures = new Opaque[24];
        Parallel.For(0, signatures.Length, i => signatures[i] = suite.SignWithLabel(pair.PrivateKey, "label"u8, [(byte)i]));
        for (var i = 0; i < signatures.Length; i++)
            suite.VerifyWithLabel(pair.PublicKey, "label"u8, [(byte)i], signatures[i]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_disposed_key_signs_no_more(CipherSuiteId id)
    {
        var suite = CipherSuite.Get(id);
        var used = suite.GenerateSignatureKeyPair(TestRandom.Fill);
        _ = suite.SignWithLabel(used.PrivateKey, "label"u8, []);
        used.Dispose();
        Should.Throw<ObjectDisposedException>(() => suite.SignWithLabel(used.PrivateKey, "label"u8, []));

        var unused = suite.GenerateSignatureKeyPair(TestRandom.Fill);
        unused.Dispose();
        Should.Throw<ObjectDisposedException>(() => suite.SignWithLabel(unused.PrivateKey, "label"u8, []));
    }

    [Fact]
    public void A_key_of_one_scheme_is_not_taken_for_anothers()
    {
        using var pair = Ecdsa.P256.Generate(TestRandom.Fill);
        _ = Ecdsa.P256.Sign(pair.PrivateKey, []);
        Should.Throw<InvalidOperationException>(() => Ecdsa.P384.Sign(pair.PrivateKey, []));
        if (Sodium.IsAvailable)
            Should.Throw<InvalidOperationException>(() => SodiumEd25519.Instance.Sign(pair.PrivateKey, []));
    }
}
