using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;

namespace Skytale.Mls.Tree;

/// <summary>§7.3, §7.9.2, §12.4.3.1: what makes a ratchet tree valid, for joiners and for whoever follows a group from outside.</summary>
internal static class TreeValidation
{
    /// <summary>Everything that a joiner must check; the tree hash is the caller's, who has the GroupContext.</summary>
    /// <exception cref="MlsException">The rule that the tree breaks.</exception>
    public static void CheckAll(RatchetTree tree, CipherSuite suite, Opaque groupId, ExtensionList groupExtensions, LifetimePolicy lifetimes)
    {
        CheckUnmergedLeaves(tree);
        CheckMembers(tree, new GroupRequirements(suite, groupExtensions));
        foreach (var (_, leaf) in tree.Leaves)
            lifetimes.Check(leaf);
        CheckParentHashes(tree, suite);
        CheckKeysAndSignatures(tree, suite, groupId);
    }

    /// <summary>
    /// §7.3: what must hold between the leaves of every epoch's tree, and of each leaf towards the group. Of a tree that
    /// descends from a checked one, only what changed since is looked at, as long as that passes.
    /// </summary>
    /// <exception cref="MlsException">The rule that a leaf breaks.</exception>
    public static void CheckMembers(RatchetTree tree, GroupRequirements requirements)
    {
        if (tree.Checked?.Covers(tree, requirements) == true)
            return;
        var signatureKeys = new HashSet<Opaque>();
        var encryptionKeys = new HashSet<Opaque>();
        foreach (var (index, leaf) in tree.Leaves)
        {
            requirements.Check(leaf);
            if (!signatureKeys.Add(leaf.SignatureKey.Value))
                throw new MlsException(MlsError.DuplicateSignatureKey, $"leaf {index}");
            if (!encryptionKeys.Add(leaf.EncryptionKey.Value))
                throw new MlsException(MlsError.DuplicateEncryptionKey, $"leaf {index}");
        }

        // §12.4.3.1: the encryption key in the parent node does not appear in any other node of the tree.
        foreach (var (index, parent) in tree.Parents)
        {
            if (!encryptionKeys.Add(parent.EncryptionKey.Value))
                throw new MlsException(MlsError.DuplicateEncryptionKey, $"node {index}");
        }
        requirements.CheckCredentialTypes(tree);
        tree.Checked = new CheckedMembers(tree, requirements, signatureKeys, encryptionKeys);
    }

    /// <summary>§7.1, §12.4.3.1: unmerged leaves are sorted, below their node, filled, and listed by every filled node between.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidUnmergedLeaves"/>.</exception>
    public static void CheckUnmergedLeaves(RatchetTree tree)
    {
        foreach (var (index, parent) in tree.Parents)
        {
            for (var i = 0; i < parent.UnmergedLeaves.Length; i++)
            {
                var leaf = parent.UnmergedLeaves[i];
                if (i > 0 && leaf <= parent.UnmergedLeaves[i - 1])
                    throw Invalid(index, "not in increasing order");
                if (!index.Covers(leaf) || tree[leaf] is null)
                    throw Invalid(index, $"leaf {leaf} is no filled leaf below");
            }
        }

        // In a second pass, because looking a leaf up in a list needs it to be sorted.
        foreach (var (index, parent) in tree.Parents)
        {
            foreach (var leaf in parent.UnmergedLeaves)
            {
                for (var between = NodeIndex.Of(leaf).Parent; between != index; between = between.Parent)
                {
                    if (tree.Parent(between) is { } filled && !filled.HasUnmerged(leaf))
                        throw Invalid(index, $"node {between} does not list leaf {leaf}");
                }
            }
        }

        static MlsException Invalid(NodeIndex index, string why) => new(MlsError.InvalidUnmergedLeaves, $"node {index}: {why}");
    }

    /// <summary>§7.9.2: every filled parent node is parent-hash valid.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidParentHash"/>.</exception>
    public static void CheckParentHashes(RatchetTree tree, CipherSuite suite)
    {
        foreach (var (index, _) in tree.Parents)
        {
            if (!tree.IsParentHashValid(suite, index))
                throw new MlsException(MlsError.InvalidParentHash, $"node {index}");
        }
    }

    /// <summary>§7.3, §5.1.1: every leaf is signed for its place, and every key is one of the suite's.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidSignature"/> or <see cref="MlsError.InvalidPublicKey"/>.</exception>
    public static void CheckKeysAndSignatures(RatchetTree tree, CipherSuite suite, Opaque groupId)
    {
        var leaves = tree.Leaves.ToArray();
        var unsigned = Batch.FirstFailure(leaves.Length, i => LeafNodeTbs.Verify(leaves[i].Leaf, suite, groupId, leaves[i].Index));
        if (unsigned >= 0)
            throw new MlsException(MlsError.InvalidSignature, $"leaf {leaves[unsigned].Index}");
        Batch.CheckAll(leaves.Length, i => X509Chains.CheckIfX509(leaves[i].Leaf.Credential, leaves[i].Leaf.SignatureKey, suite));

        var keys = leaves.Select(leaf => leaf.Leaf.EncryptionKey).Concat(tree.Parents.Select(parent => parent.Parent.EncryptionKey)).ToArray();
        if (Batch.FirstFailure(keys.Length, i => suite.IsValidPublicKey(keys[i].Value)) >= 0)
            throw new MlsException(MlsError.InvalidPublicKey, "an encryption key in the tree");
    }
}
