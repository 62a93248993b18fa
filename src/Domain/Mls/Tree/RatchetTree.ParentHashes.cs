using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

// struct {
//     HPKEPublicKey encryption_key;
//     opaque parent_hash<V>;
//     opaque original_sibling_tree_hash<V>;
// } ParentHashInput;

/// <summary>§7.9: parent hashes: computed for a new path, verified for a whole tree.</summary>
public sealed partial class RatchetTree
{
    /// <summary>
    /// §7.5: puts a committer's path into the tree: blanks its direct path, sets the keys of its filtered direct path
    /// without unmerged leaves, and chains the parent hashes from the root down.
    /// </summary>
    /// <param name="leaf">The new leaf of a given parent hash: that of the lowest node of the path, empty when there is none.</param>
    internal void MergePath(CipherSuite suite, LeafIndex sender, IReadOnlyList<PathStep> path, IReadOnlyList<HpkePublicKey> keys, Func<Opaque, LeafNode> leaf)
    {
        var nodes = new (NodeIndex, ParentNode)[path.Count];
        var parentHash = Opaque.Empty;
        for (var i = path.Count - 1; i >= 0; i--)
        {
            var parent = new ParentNode(keys[i], parentHash, []);
            nodes[i] = (path[i].Node, parent);

            // The commit itself resets the node: its original sibling tree hash is the sibling's hash now.
            parentHash = ParentHash(suite, parent, TreeHash(suite, path[i].CopathChild));
        }
        SetPath(sender, leaf(parentHash), nodes);
    }

    /// <summary>
    /// §7.9.2: true when exactly one descendant of a non-blank parent node was set by the same commit as the node.
    /// When this holds for every parent, following the descendants down ends at a leaf, whose signature covers the chain.
    /// </summary>
    internal bool IsParentHashValid(CipherSuite suite, NodeIndex index)
    {
        var parent = Parent(index) ?? throw new ArgumentException($"node {index} is blank", nameof(index));
        return HasLinkBelow(suite, parent, index.Left, index.Right) ^ HasLinkBelow(suite, parent, index.Right, index.Left);
    }

    private static Opaque ParentHash(CipherSuite suite, ParentNode parent, Opaque originalSiblingTreeHash)
    {
        using var input = new TlsWriter();
        input.Write(parent.EncryptionKey);
        input.WriteOpaque(parent.ParentHash);
        input.WriteOpaque(originalSiblingTreeHash);
        return suite.Hash(input.WrittenSpan);
    }

    // With C = child and S = sibling: is there a node D in the resolution of C such that the rest of the resolution is
    // what P's unmerged leaves and the subtree under C have in common, and D has the parent hash of P with copath child S?
    private bool HasLinkBelow(CipherSuite suite, ParentNode parent, NodeIndex child, NodeIndex sibling)
    {
        var resolution = Resolution(child);
        var unmergedBelow = Within(child, parent.UnmergedLeaves.AsSpan()).Length;

        // D is the one entry that is not unmerged at P; all others are, and none of P's is missing.
        NodeIndex? candidate = null;
        foreach (var entry in resolution)
        {
            if (entry.IsLeaf && parent.HasUnmerged(entry.Leaf))
                continue;
            if (candidate is not null)
                return false;
            candidate = entry;
        }
        if (candidate is not { } node || unmergedBelow != resolution.Count - 1)
            return false;

        var claimed = node.IsLeaf
            ? this[node.Leaf] is { Source: LeafNodeSource.Commit } leaf ? leaf.ParentHash : Opaque.Empty
            : Parent(node)!.ParentHash;
        if (claimed.IsEmpty)
            return false;
        return claimed == ParentHash(suite, parent, OriginalTreeHash(suite, sibling, parent.UnmergedLeaves.AsSpan()));
    }
}
