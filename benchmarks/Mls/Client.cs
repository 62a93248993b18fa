using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Tree;

namespace Skytale.Benchmarks.Mls;

/// <summary>A client with its identity and a key package.</summary>
internal sealed class Client : IDisposable
{
    public static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    private readonly int _number;

    public Client(int number)
    {
        _number = number;
        Signer = Suite.GenerateSignatureKeyPair(Fill);
        Bundle = NewBundle();
    }

    public SignatureKeyPair Signer { get; }

    public KeyPackageBundle Bundle { get; }

    /// <summary>Lifetimes are judged as a member that adds or joins judges them.</summary>
    public static LifetimePolicy Lifetimes => new() { Now = DateTimeOffset.UtcNow, Maximum = TimeSpan.FromDays(90) };

    public static void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    public KeyPackageBundle NewBundle() => KeyPackageBundle.Create(
        Suite,
        Signer,
        new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"client {_number}")))),
        new KeyPackageOptions
        {
            Capabilities = Capabilities.Basic(Suite.Id),
            Lifetime = Lifetime.Between(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(80)),
        },
        Fill);

    public void Dispose()
    {
        Bundle.Dispose();
        Signer.Dispose();
    }
}

/// <summary>A member's state as it is stored; opened, it is as after a restart, with nothing computed before.</summary>
internal sealed class StoredMember(MlsGroup group, Client client) : IDisposable
{
    private readonly Secret _epoch = group.SerializeEpoch();
    private readonly Secret _receiving = group.SerializeReceiving();
    private readonly Secret _sending = group.SerializeSending();

    public MlsGroup Open() => MlsGroup.Deserialize(_epoch.Span, _receiving.Span, _sending.Span, client.Signer);

    public void Dispose()
    {
        _epoch.Dispose();
        _receiving.Dispose();
        _sending.Dispose();
    }
}
