using Skytale.Mls.Crypto;

namespace Skytale.Sdk;

/// <summary>A key that somebody else has put into the kernel's keyring.</summary>
internal sealed class KeyringStoreKey(string description) : StoreKey
{
    /// <summary>What the key of an agent is called unless something else is said.</summary>
    internal static string DescriptionFor(string agent) => $"skytale:{agent}";

    internal override Secret Prepare(string storePath) => LinuxKeyring.ReadKey(description, Size);

    internal override void Settle(string storePath) => RecordedStoreKey.ForgetAllBut(null, storePath);

    internal override IEnumerable<(Secret Key, bool IsPending)> Candidates(string storePath)
    {
        yield return (LinuxKeyring.ReadKey(description, Size), false);
    }
}
