using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>What a backend accepts is part of the protocol: each says of every adversarial signature what the file says.</summary>
public sealed class SignatureBackendTests
{
    [Fact]
    public void Ed25519_over_libsodium_judges_as_the_file_says()
    {
        Assert.SkipUnless(Sodium.IsAvailable, "libsodium cannot be loaded here");
        Judges(SodiumEd25519.Instance, "ed25519", atLeast: 100);
    }

    [Fact]
    public void Ed25519_without_libsodium_judges_as_the_file_says() => Judges(PortableEd25519.Instance, "ed25519", atLeast: 100);

    [Fact]
    public void Ed448_judges_as_the_file_says() => Judges(Ed448.Instance, "ed448", atLeast: 80);

    [Fact]
    public void Ecdsa_over_P256_judges_as_the_file_says() => Judges(Ecdsa.P256, "ecdsa_secp256r1_sha256", atLeast: 50);

    [Fact]
    public void Ecdsa_over_P384_judges_as_the_file_says() => Judges(Ecdsa.P384, "ecdsa_secp384r1_sha384", atLeast: 50);

    [Fact]
    public void Ecdsa_over_P521_judges_as_the_file_says() => Judges(Ecdsa.P521, "ecdsa_secp521r1_sha512", atLeast: 50);

    [Fact]
    [Trait("Category", "Slow")]
    public void The_file_is_what_its_generators_write()
    {
        var generated = SignatureFile.Generate();
        if (generated == SignatureFile.Text)
            return;
        var path = Path.Combine(AppContext.BaseDirectory, "signatures.generated.json");
        File.WriteAllText(path, generated);
        Assert.Fail($"tests/Mls/Crypto/Signatures/signatures.json differs from what the generators give now, which is in {path}");
    }

    [Fact]
    public void A_judge_who_multiplies_by_the_cofactor_would_be_found_out()
    {
        var bouncy = SignatureFile.All.Where(entry => entry is { Scheme: "ed25519", PublicKey.Length: 32, Signature.Length: 64 })
            .Where(entry => Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(entry.Signature, entry.PublicKey, entry.Message) != entry.Valid);
        bouncy.Count().ShouldBeGreaterThan(20);
    }

    private static void Judges(ISignatureScheme scheme, string name, int atLeast)
    {
        var cases = SignatureFile.All.Where(entry => entry.Scheme == name).ToList();
        cases.Count.ShouldBeGreaterThan(atLeast);
        cases.ShouldContain(entry => entry.Valid);
        foreach (var entry in cases)
        {
            scheme.Verify(new SignaturePublicKey(new Opaque(entry.PublicKey)), entry.Message, entry.Signature).ShouldBe(entry.Valid, entry.ToString());
            scheme.IsValidPublicKey(entry.PublicKey).ShouldBe(entry.KeyValid, $"the key of {entry}");
        }
    }
}
