using System.Text;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Vectors;

public sealed class CryptoBasicsVectors
{
    [Fact]
    public void Labelled_functions_give_what_the_vectors_say() => VectorFile.Open("crypto-basics").ForEachSuite((testCase, suite) =>
    {
        var refHash = testCase.GetProperty("ref_hash");
        suite.RefHash(Label(refHash), refHash.Bytes("value").Span).ShouldBe(refHash.Bytes("out"));

        var expand = testCase.GetProperty("expand_with_label");
        using var expandSecret = expand.SecretOf("secret");
        using var expanded = suite.ExpandWithLabel(expandSecret, Label(expand), expand.Bytes("context").Span, expand.Number("length"));
        Hex(expanded).ShouldBe(expand.Text("out"));

        var derive = testCase.GetProperty("derive_secret");
        using var deriveSecret = derive.SecretOf("secret");
        using var derived = suite.DeriveSecret(deriveSecret, Label(derive));
        Hex(derived).ShouldBe(derive.Text("out"));

        var tree = testCase.GetProperty("derive_tree_secret");
        using var treeSecret = tree.SecretOf("secret");
        using var derivedTree = suite.DeriveTreeSecret(treeSecret, Label(tree), tree.UInt32("generation"), tree.Number("length"));
        Hex(derivedTree).ShouldBe(tree.Text("out"));
    });

    [Fact]
    public void Signatures_verify_and_can_be_made() => VectorFile.Open("crypto-basics").ForEachSuite((testCase, suite) =>
    {
        var sign = testCase.GetProperty("sign_with_label");
        var publicKey = new SignaturePublicKey(sign.Bytes("pub"));
        var content = sign.Bytes("content");
        suite.VerifyWithLabel(publicKey, Label(sign), content.Span, sign.Bytes("signature")).ShouldBeTrue();

        using var privateKey = new SignaturePrivateKey(sign.SecretOf("priv"));
        var own = suite.SignWithLabel(privateKey, Label(sign), content.Span);
        suite.VerifyWithLabel(publicKey, Label(sign), content.Span, own).ShouldBeTrue();
        suite.VerifyWithLabel(publicKey, "another label"u8, content.Span, own).ShouldBeFalse();
    });

    [Fact]
    public void Ciphertexts_open_and_can_be_made() => VectorFile.Open("crypto-basics").ForEachSuite((testCase, suite) =>
    {
        var encrypt = testCase.GetProperty("encrypt_with_label");
        var context = encrypt.Bytes("context");
        using var pair = new HpkeKeyPair(new HpkePublicKey(encrypt.Bytes("pub")), new HpkePrivateKey(encrypt.SecretOf("priv")));
        var ciphertext = new HpkeCiphertext(encrypt.Bytes("kem_output"), encrypt.Bytes("ciphertext"));
        using var opened = suite.DecryptWithLabel(pair, Label(encrypt), context.Span, ciphertext);
        Hex(opened).ShouldBe(encrypt.Text("plaintext"));

        var own = suite.EncryptWithLabel(pair.PublicKey, Label(encrypt), context.Span, opened.Span, TestRandom.Fill);
        using var again = suite.DecryptWithLabel(pair, Label(encrypt), context.Span, own);
        again.FixedTimeEquals(opened).ShouldBeTrue();
    });

    private static byte[] Label(System.Text.Json.JsonElement element) => Encoding.ASCII.GetBytes(element.Text("label"));

    private static string Hex(Secret secret) => Convert.ToHexStringLower(secret.Span);
}
