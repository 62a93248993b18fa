using System.Text.Json;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors;

/// <summary>Private keys of a case, each proven to be that of the public key beside it.</summary>
internal static class PrivateKeys
{
    public static SignatureKeyPair Signer(this JsonElement element, CipherSuite suite, string name, SignaturePublicKey publicKey)
    {
        var pair = new SignatureKeyPair(publicKey, element.SigningKey(suite, name));
        var signature = suite.SignWithLabel(pair.PrivateKey, "proof"u8, "of possession"u8);
        Agree.That(suite.VerifyWithLabel(publicKey, "proof"u8, "of possession"u8, signature), $"'{name}' is not the key of its public key");
        return pair;
    }

    /// <summary>A key of the scheme's size. Some files leave leading zeros of an ECDSA key out, so it may be shorter; the scheme judges that.</summary>
    public static SignaturePrivateKey SigningKey(this JsonElement element, CipherSuite suite, string name)
    {
        var bytes = element.Bytes(name);
        Agree.That(bytes.Length <= suite.Signature.SeedSize, $"'{name}' has {bytes.Length} bytes, a key has {suite.Signature.SeedSize}");
        return new SignaturePrivateKey(Secret.Copy(bytes.Span));
    }

    public static HpkeKeyPair HpkePair(this JsonElement element, CipherSuite suite, string name, HpkePublicKey publicKey)
    {
        var pair = suite.KeyPairOf(new HpkePrivateKey(element.SecretOf(name)));
        Agree.On(pair.PublicKey.Value, publicKey.Value, $"the public key of '{name}'");
        return pair;
    }
}
