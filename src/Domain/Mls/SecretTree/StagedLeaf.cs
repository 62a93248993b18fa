using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.Mls.SecretTree;

/// <summary>
/// A leaf's ratchets as they were derived from the nearest secret above it, with the secrets beside the way down. They
/// enter the tree, and the secret above leaves it, only when the first message of that leaf proved authentic.
/// </summary>
internal sealed class StagedLeaf(ReceivingTree tree, LeafIndex leaf, NodeIndex above, Dictionary<NodeIndex, Secret> beside, LeafRatchets ratchets) : IDisposable
{
    public LeafRatchets Ratchets { get; } = ratchets;

    public void Take() => tree.Take(leaf, above, beside, Ratchets);

    public void Dispose()
    {
        Ratchets.Dispose();
        foreach (var secret in beside.Values)
            secret.Dispose();
    }
}
