using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Groups;

/// <summary>A client with its key package, and its state once it is in the group.</summary>
internal sealed class FuzzMember : IDisposable
{
    private MlsGroup? _group;

    public FuzzMember(CipherSuite suite, string name, SeededRandom random)
    {
        Signer = suite.GenerateSignatureKeyPair(random.Fill);
        Bundle = KeyPackageBundle.Create(
            suite,
            Signer,
            new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(name))),
            new KeyPackageOptions { Capabilities = Capabilities.Basic(suite.Id), Lifetime = new Lifetime(1_700_000_000, 1_707_000_000) },
            random.Fill);
    }

    public SignatureKeyPair Signer { get; }

    public KeyPackageBundle Bundle { get; }

    /// <summary>The state; the one before is disposed.</summary>
    public MlsGroup Group
    {
        get => _group ?? throw new InvalidOperationException("in no group");
        set
        {
            _group?.Dispose();
            _group = value;
        }
    }

    public bool IsInside => _group is not null;

    public void Leave()
    {
        _group?.Dispose();
        _group = null;
    }

    /// <summary>Everything that the state serialises to.</summary>
    public byte[][] Save()
    {
        using var epoch = Group.SerializeEpoch();
        using var receiving = Group.SerializeReceiving();
        using var sending = Group.SerializeSending();
        return [epoch.Span.ToArray(), receiving.Span.ToArray(), sending.Span.ToArray()];
    }

    public void Restore(byte[][] saved) => Group = MlsGroup.Deserialize(saved[0], saved[1], saved[2], [Signer]);

    public void Dispose()
    {
        Leave();
        Bundle.Dispose();
        Signer.Dispose();
    }
}
