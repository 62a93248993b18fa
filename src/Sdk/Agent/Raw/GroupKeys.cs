using System.Security.Cryptography;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;

namespace Skytale.Sdk;

/// <summary>A KeyPackage (RFC 9420 §10) by which others add this identity to one group, with the private keys that its Welcome needs.</summary>
public sealed class GroupKeys : IDisposable
{
    private GroupKeys(KeyPackageBundle bundle) => Bundle = bundle;

    /// <summary>An MLSMessage with the KeyPackage: what the others get.</summary>
    public ReadOnlyMemory<byte> Public => Tls.Encode(new MlsMessage(Bundle.KeyPackage)).Memory;

    internal KeyPackageBundle Bundle { get; }

    /// <summary>Fresh keys, for one group. Store what <see cref="Serialize"/> gives before the public half is given to anybody.</summary>
    public static GroupKeys Create(IdentityKey identity) =>
        new(KeyPackageBundle.Create(ChannelSuite.Default, identity.Keys, identity.Credential, AgentKeyPackages.OptionsFor(DateTimeOffset.UtcNow), RandomNumberGenerator.Fill));

    /// <summary>What <see cref="Serialize"/> gave.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreCorrupt"/>.</exception>
    public static GroupKeys Deserialize(ReadOnlySpan<byte> state)
    {
        try
        {
            return new GroupKeys(KeyPackageBundle.Deserialize(state));
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.StoreCorrupt, $"The keys cannot be read: {e.Message}", "Restore them from what was stored.", inner: e);
        }
    }

    /// <summary>Both halves, to be stored encrypted. For the caller to dispose.</summary>
    public Secret Serialize() => Bundle.Serialize();

    /// <summary>Zeroes the private keys.</summary>
    public void Dispose() => Bundle.Dispose();
}
