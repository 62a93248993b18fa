using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

// struct {
//     NodeType node_type;
//     select (TreeHashInput.node_type) {
//         case leaf:   LeafNodeHashInput leaf_node;       // uint32 leaf_index; optional<LeafNode> leaf_node;
//         case parent: ParentNodeHashInput parent_node;   // optional<ParentNode> parent_node; opaque left_hash<V>; opaque right_hash<V>;
//     };
// } TreeHashInput;

/// <summary>§7.8: tree hashes, cached per node until something below changes.</summary>
public sealed partial class RatchetTree
{
    /// <summary>§7.8: the hash of the whole tree, as the GroupContext has it.</summary>
    public Opaque TreeHash(CipherSuite suite) => TreeHash(suite, Root);

    /// <summary>§7.8: the hash of the subtree that a node heads.</summary>
    public Opaque TreeHash(CipherSuite suite, NodeIndex node)
    {
        if (_hashedWith != suite)
        {
            Array.Clear(_hashes);
            _hashedWith = suite;
        }
        using var input = new TlsWriter();
        return new Opaque(CachedHash(suite, node, input));
    }

    /// <summary>
    /// §7.9: the tree hash of a sibling as it was when a parent above was last set: the parent's unmerged leaves, added
    /// since, are blanked, and taken out of every list of unmerged leaves.
    /// </summary>
    internal Opaque OriginalTreeHash(CipherSuite suite, NodeIndex node, ReadOnlySpan<LeafIndex> unmerged)
    {
        var below = Within(node, unmerged);

        // None of the unmerged leaves is in this subtree: its hash has not changed.
        if (below.IsEmpty)
            return TreeHash(suite, node);

        using var input = new TlsWriter();
        if (node.IsLeaf)
            return suite.Hash(LeafInput(input, node.Leaf, null));
        var left = OriginalTreeHash(suite, node.Left, below);
        var right = OriginalTreeHash(suite, node.Right, below);
        var removed = below.ToArray();
        var parent = Parent(node) is { } current ? current with { UnmergedLeaves = current.UnmergedLeaves.RemoveAll(leaf => Array.BinarySearch(removed, leaf) >= 0) } : null;
        return suite.Hash(ParentInput(input, parent, left.Span, right.Span));
    }

    // The slice of a sorted list that lies below a node.
    private static ReadOnlySpan<LeafIndex> Within(NodeIndex node, ReadOnlySpan<LeafIndex> sorted)
    {
        var start = 0;
        while (start < sorted.Length && sorted[start] < node.FirstLeaf)
            start++;
        var end = start;
        while (end < sorted.Length && sorted[end] <= node.LastLeaf)
            end++;
        return sorted[start..end];
    }

    private byte[] CachedHash(CipherSuite suite, NodeIndex node, TlsWriter input)
    {
        if (_hashes[node.Value] is { } known)
            return known;
        byte[] hash;
        if (node.IsLeaf)
        {
            hash = suite.Hash(LeafInput(input, node.Leaf, this[node.Leaf])).Memory.ToArray();
        }
        else
        {
            var left = CachedHash(suite, node.Left, input);
            var right = CachedHash(suite, node.Right, input);
            hash = suite.Hash(ParentInput(input, Parent(node), left, right)).Memory.ToArray();
        }
        return _hashes[node.Value] = hash;
    }

    private static ReadOnlySpan<byte> LeafInput(TlsWriter input, LeafIndex index, LeafNode? leaf)
    {
        input.Clear();
        input.WriteUInt8((byte)NodeType.Leaf);
        input.WriteUInt32(index.Value);
        input.WritePresence(leaf is not null);
        leaf?.WriteTo(input);
        return input.WrittenSpan;
    }

    private static ReadOnlySpan<byte> ParentInput(TlsWriter input, ParentNode? parent, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        input.Clear();
        input.WriteUInt8((byte)NodeType.Parent);
        input.WritePresence(parent is not null);
        parent?.WriteTo(input);
        input.WriteOpaque(left);
        input.WriteOpaque(right);
        return input.WrittenSpan;
    }
}
