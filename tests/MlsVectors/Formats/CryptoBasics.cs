using System.Text;
using System.Text.Json;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16,
//   "ref_hash": { "label", "value", "out" },
//   "expand_with_label": { "secret", "label", "context", "length": uint16, "out" },
//   "derive_secret": { "secret", "label", "out" },
//   "derive_tree_secret": { "secret", "label", "generation": uint32, "length": uint16, "out" },
//   "sign_with_label": { "priv", "pub", "content", "label", "signature" },
//   "encrypt_with_label": { "priv", "pub", "label", "context", "plaintext", "kem_output", "ciphertext" }
// }

/// <summary>crypto-basics: a suite's labelled functions (§5.1, §5.2, §8).</summary>
public static class CryptoBasics
{
    /// <summary>RefHash, ExpandWithLabel, DeriveSecret, DeriveTreeSecret.</summary>
    public static void LabelledFunctions(JsonElement testCase, CipherSuite suite)
    {
        var refHash = testCase.Field("ref_hash");
        Agree.On(suite.RefHash(Label(refHash), refHash.Bytes("value").Span), refHash.Bytes("out"), "ref_hash");

        var expand = testCase.Field("expand_with_label");
        using var expandSecret = expand.SecretOf(suite, "secret");
        using var expanded = suite.ExpandWithLabel(expandSecret, Label(expand), expand.Bytes("context").Span, expand.Count("length"));
        Agree.On(expanded, expand.Bytes("out"), "expand_with_label");

        var derive = testCase.Field("derive_secret");
        using var deriveSecret = derive.SecretOf(suite, "secret");
        using var derived = suite.DeriveSecret(deriveSecret, Label(derive));
        Agree.On(derived, derive.Bytes("out"), "derive_secret");

        var tree = testCase.Field("derive_tree_secret");
        using var treeSecret = tree.SecretOf(suite, "secret");
        using var derivedTree = suite.DeriveTreeSecret(treeSecret, Label(tree), tree.UInt32("generation"), tree.Count("length"));
        Agree.On(derivedTree, tree.Bytes("out"), "derive_tree_secret");
    }

    /// <summary>The signature verifies, and so does one that is made with the private key.</summary>
    public static void Signatures(JsonElement testCase, CipherSuite suite)
    {
        var sign = testCase.Field("sign_with_label");
        var publicKey = new SignaturePublicKey(sign.Bytes("pub"));
        var content = sign.Bytes("content");
        Agree.That(suite.VerifyWithLabel(publicKey, Label(sign), content.Span, sign.Bytes("signature")), "sign_with_label: the signature does not verify");

        using var pair = sign.Signer(suite, "priv", publicKey);
        var own = suite.SignWithLabel(pair.PrivateKey, Label(sign), content.Span);
        Agree.That(suite.VerifyWithLabel(publicKey, Label(sign), content.Span, own), "sign_with_label: an own signature does not verify");
        Agree.That(!suite.VerifyWithLabel(publicKey, "another label"u8, content.Span, own), "sign_with_label: a signature verifies under another label");
    }

    /// <summary>The ciphertext opens, and so does one that is made for the public key.</summary>
    public static void Encryption(JsonElement testCase, CipherSuite suite)
    {
        var encrypt = testCase.Field("encrypt_with_label");
        var context = encrypt.Bytes("context");
        using var pair = suite.KeyPairOf(new HpkePrivateKey(encrypt.SecretOf("priv")));
        Agree.On(pair.PublicKey.Value, encrypt.Bytes("pub"), "encrypt_with_label: the public key of 'priv'");
        using var opened = suite.DecryptWithLabel(pair, Label(encrypt), context.Span, new HpkeCiphertext(encrypt.Bytes("kem_output"), encrypt.Bytes("ciphertext")));
        Agree.On(opened, encrypt.Bytes("plaintext"), "encrypt_with_label: plaintext");

        var own = suite.EncryptWithLabel(pair.PublicKey, Label(encrypt), context.Span, opened.Span, Randomness.Fill);
        using var again = suite.DecryptWithLabel(pair, Label(encrypt), context.Span, own);
        Agree.That(again.FixedTimeEquals(opened), "encrypt_with_label: an own ciphertext opens to something else");
    }

    private static byte[] Label(JsonElement element) => Encoding.UTF8.GetBytes(element.Text("label"));
}
