using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

public sealed class Ed25519KeyTests
{
    private static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    [Fact]
    public void A_private_key_of_the_seed_alone_signs_as_the_pair_does()
    {
        using var pair = Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        using var alone = new SignaturePrivateKey(pair.PrivateKey.Value.Duplicate());
        var signature = Suite.SignWithLabel(pair.PrivateKey, "label"u8, "content"u8);
        for (var i = 0; i < 2; i++)
            Suite.SignWithLabel(alone, "label"u8, "content"u8).ShouldBe(signature);
        Suite.VerifyWithLabel(pair.PublicKey, "label"u8, "content"u8, signature).ShouldBeTrue();
    }
}
