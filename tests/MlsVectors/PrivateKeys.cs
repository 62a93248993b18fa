using System.Text.Json;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors;

/// <summary>Private keys of a case, each proven to be that of the public key beside it.</summary>
internal static class PrivateKeys
{
    public static SignatureKeyPair Signer(this JsonElement element, CipherSuite suite, string name, SignaturePublicKey publicKey)
    {
        // RFC 8032's private key is the seed. Some libraries keep the public key behind it, and write both.
        var bytes = element.Bytes(name).Span;
        var seed = bytes.Length == suite.Signature.SeedSize + publicKey.Value.Length && bytes.EndsWith(publicKey.Value.Span) ? bytes[..suite.Signature.SeedSize] : bytes;
        var pair = suite.Signature.FromSeed(seed);
        Agree.On(pair.PublicKey.Value, publicKey.Value, $"the public key of '{name}'");
        return pair;
    }

    public static HpkeKeyPair HpkePair(this JsonElement element, CipherSuite suite, string name, HpkePublicKey publicKey)
    {
        var pair = suite.KeyPairOf(new HpkePrivateKey(element.SecretOf(name)));
        Agree.On(pair.PublicKey.Value, publicKey.Value, $"the public key of '{name}'");
        return pair;
    }
}
