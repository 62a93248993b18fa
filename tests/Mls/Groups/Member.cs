using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>A client with its identity, and its state in one group.</summary>
internal sealed class Member(CipherSuite suite, string name) : IDisposable
{
    private MlsGroup? _group;

    public string Name => name;

    public SignatureKeyPair Signer { get; set; } = suite.GenerateSignatureKeyPair(TestRandom.Fill);

    public BasicCredential Credential { get; } = new(Opaque.Copy(Encoding.UTF8.GetBytes(name)));

    public Capabilities Capabilities { get; set; } = Capabilities.Basic(suite.Id);

    /// <summary>Where the epochs that are left are kept, if they are.</summary>
    public PastEpochs? Past { get; set; }

    /// <summary>The state; the one before is disposed, as an application would.</summary>
    public MlsGroup Group
    {
        get => _group ?? throw new InvalidOperationException($"{name} is in no group");
        set
        {
            if (_group is { } old && value.Epoch > old.Epoch)
                Past?.Add(old);
            _group?.Dispose();
            _group = value;
        }
    }

    public KeyPackageBundle NewBundle() => KeyPackageBundle.Create(
        suite,
        Signer,
        Credential,
        new KeyPackageOptions { Capabilities = Capabilities, Lifetime = new Lifetime(0, ulong.MaxValue) },
        TestRandom.Fill);

    public PrivateMessage Send(string text, string authenticatedData = "") =>
        Group.Protect(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(authenticatedData), 64, TestRandom.Fill);

    public string Read(PrivateMessage message)
    {
        using var read = Group.Unprotect(message);
        return Encoding.UTF8.GetString(read.Plaintext.Span);
    }

    /// <summary>Everything that the state serialises to.</summary>
    public Opaque State()
    {
        using var writer = new TlsWriter();
        foreach (var part in new[] { Group.SerializeEpoch(), Group.SerializeReceiving(), Group.SerializeSending() })
        {
            using (part)
                writer.WriteOpaque(part.Span);
        }
        return writer.ToOpaque();
    }

    /// <summary>As after a restart: the same state from its bytes.</summary>
    public void Restart()
    {
        using var epoch = Group.SerializeEpoch();
        using var receiving = Group.SerializeReceiving();
        using var sending = Group.SerializeSending();
        Group = MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, Signer);
    }

    /// <summary>What must throw, with which error, and leave the state as it was.</summary>
    public void Refuses(MlsError error, Action<MlsGroup> action) => Expect.Refused(error, () => action(Group), State);

    /// <summary>The same, and the control is taken by the same state.</summary>
    public void FiresAlone(MlsError error, Action<MlsGroup> forgery, Action<MlsGroup> control) => Expect.FiresAlone(error, () => forgery(Group), () => control(Group), State);

    public void Dispose()
    {
        _group?.Dispose();
        Past?.Dispose();
        Signer.Dispose();
    }
}
