using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Tree;

namespace Skytale.MlsInterop.State;

/// <summary>One of the clients that this process plays, with its signature keys for one cipher suite.</summary>
internal sealed class Actor : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    public Actor(CipherSuite suite, Opaque identity)
    {
        Suite = suite;
        Identity = identity;
        Signer = suite.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);
    }

    public CipherSuite Suite { get; }

    public Opaque Identity { get; }

    public SignatureKeyPair Signer { get; }

    public Credential Credential => new BasicCredential(Identity);

    /// <summary>All suites: a group may go on with another.</summary>
    public static Capabilities Capabilities { get; } = Capabilities.Basic(default) with { CipherSuites = [.. CipherSuite.All.Keys.Order()] };

    public KeyPackageBundle NewKeyPackage()
    {
        // Clocks of different machines differ.
        var from = DateTimeOffset.UtcNow - TimeSpan.FromHours(1);
        var options = new KeyPackageOptions { Capabilities = Capabilities, Lifetime = Mls.Tree.Lifetime.Between(from, from + Lifetime) };
        return KeyPackageBundle.Create(Suite, Signer, Credential, options, RandomNumberGenerator.Fill);
    }

    public void Dispose() => Signer.Dispose();
}
