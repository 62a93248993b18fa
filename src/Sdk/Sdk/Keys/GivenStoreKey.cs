using Skytale.Mls.Crypto;

namespace Skytale.Sdk;

/// <summary>The caller's own key.</summary>
internal sealed class GivenStoreKey(ReadOnlyMemory<byte> key) : StoreKey
{
    internal override Secret Prepare(string storePath) => Secret.Copy(key.Span);

    internal override void Settle(string storePath) => RecordedStoreKey.ForgetAllBut(null, storePath);

    internal override IEnumerable<(Secret Key, bool IsPending)> Candidates(string storePath)
    {
        yield return (Secret.Copy(key.Span), false);
    }
}
