using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Tests.X509;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>A client of the tests: its signing key, its key package, and a way to sign leaves that nobody should sign.</summary>
internal sealed class Client
{
    public static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Client(string name, Func<KeyPackageOptions, KeyPackageOptions>? change = null, SignatureKeyPair? signer = null)
    {
        Signer = signer ?? Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        var options = new KeyPackageOptions
        {
            Capabilities = Capabilities.Basic(Suite.Id),
            Lifetime = Lifetime.Between(Now.AddHours(-1), Now.AddDays(30)),
        };
        Bundle = KeyPackageBundle.Create(Suite, Signer, new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(name))), change?.Invoke(options) ?? options, TestRandom.Fill);
    }

    public SignatureKeyPair Signer { get; }

    public KeyPackageBundle Bundle { get; }

    public KeyPackage KeyPackage => Bundle.KeyPackage;

    /// <summary>A public key nobody has used.</summary>
    public static HpkePublicKey FreshKey()
    {
        using var pair = Suite.GenerateHpkeKeyPair(TestRandom.Fill);
        return pair.PublicKey;
    }

    /// <summary>The key package with a change to its leaf or itself, both signed again.</summary>
    public KeyPackage Forge(Func<LeafNode, LeafNode>? leaf = null, Func<KeyPackage, KeyPackage>? package = null)
    {
        var signed = Sign(leaf?.Invoke(KeyPackage.LeafNode) ?? KeyPackage.LeafNode, Opaque.Empty, default);
        var changed = KeyPackage with { LeafNode = signed };
        return (package?.Invoke(changed) ?? changed).Sign(Suite, Signer.PrivateKey);
    }

    /// <summary>A chain of one certificate for the client's key, or another's; nobody needs to trust its issuer.</summary>
    public X509Credential Certified(SignaturePublicKey? key = null) =>
        TestChain.Credential(TestCertificate.EndEntity(Suite, "client", "issuer", key ?? Signer.PublicKey).Sign(Signer.PrivateKey));

    /// <summary>A leaf signed again for a place.</summary>
    public LeafNode Sign(LeafNode leaf, Opaque groupId, LeafIndex index) => LeafNodeTbs.Sign(leaf, Suite, Signer.PrivateKey, groupId, index);
}
