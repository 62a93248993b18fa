using System.Text.Json;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors;

/// <summary>Private keys of a case, each proven to be that of the public key beside it.</summary>
internal static class PrivateKeys
{
    public static SignatureKeyPair Signer(this JsonElement element, CipherSuite suite, string name, SignaturePublicKey publicKey)
    {
        var pair = suite.Signature.FromSeed(element.Bytes(name).Span);
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
