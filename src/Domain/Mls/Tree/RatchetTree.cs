using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>
/// §4, §7: the ratchet tree's public half: a perfect tree of leaves and parents, each blank or filled, kept as arrays.
/// Nodes never change, they are replaced; <see cref="Copy"/> copies the arrays alone, so a commit can be tried on a copy.
/// </summary>
public sealed partial class RatchetTree : IWireStruct<RatchetTree>
{
    /// <summary>The largest tree that this implementation takes.</summary>
    public const int MaxLeaves = 1 << 20;

    private LeafNode?[] _leaves;
    private ParentNode?[] _parents;
    private byte[]?[] _hashes;
    private CipherSuite? _hashedWith;

    private RatchetTree(LeafNode?[] leaves, ParentNode?[] parents, byte[]?[] hashes, CipherSuite? hashedWith)
    {
        _leaves = leaves;
        _parents = parents;
        _hashes = hashes;
        _hashedWith = hashedWith;
    }

    /// <summary>§11: the tree of a new group, with its creator's leaf alone.</summary>
    public RatchetTree(LeafNode creator) : this([creator], [], new byte[1][], null)
    {
    }

    /// <summary>What is known since the last check of a tree that this one descends from; null before the first.</summary>
    internal CheckedMembers? Checked { get; set; }

    /// <summary>Every leaf in order, null where it is blank.</summary>
    internal ReadOnlySpan<LeafNode?> LeafNodes => _leaves;

    /// <summary>Every parent in order, null where it is blank.</summary>
    internal ReadOnlySpan<ParentNode?> ParentNodes => _parents;

    /// <summary>Leaves, blank ones included: a power of two.</summary>
    public int LeafCount => _leaves.Length;

    /// <summary>The node above all others.</summary>
    public NodeIndex Root => TreeMath.Root(LeafCount);

    /// <summary>The members' leaves, from the left.</summary>
    public IEnumerable<(LeafIndex Index, LeafNode Leaf)> Leaves
    {
        get
        {
            for (var i = 0; i < _leaves.Length; i++)
            {
                if (_leaves[i] is { } leaf)
                    yield return (new LeafIndex((uint)i), leaf);
            }
        }
    }

    /// <summary>The parents that are not blank, from the left.</summary>
    public IEnumerable<(NodeIndex Index, ParentNode Parent)> Parents
    {
        get
        {
            for (var i = 0; i < _parents.Length; i++)
            {
                if (_parents[i] is { } parent)
                    yield return (new NodeIndex((uint)(2 * i + 1)), parent);
            }
        }
    }

    /// <summary>The leaf, or null when it is blank or outside the tree.</summary>
    public LeafNode? this[LeafIndex index] => index.Value < _leaves.Length ? _leaves[index.Value] : null;

    /// <summary>The parent, or null when it is blank or outside the tree.</summary>
    public ParentNode? Parent(NodeIndex index)
    {
        if (index.IsLeaf)
            throw new ArgumentException($"node {index} is a leaf", nameof(index));
        return index.Value / 2 < _parents.Length ? _parents[index.Value / 2] : null;
    }

    /// <summary>The key of a node, or null when the node is blank.</summary>
    public HpkePublicKey? EncryptionKey(NodeIndex index) => index.IsLeaf ? this[index.Leaf]?.EncryptionKey : Parent(index)?.EncryptionKey;

    /// <summary>A tree that changes apart from this one.</summary>
    public RatchetTree Copy() => new([.. _leaves], [.. _parents], [.. _hashes], _hashedWith) { Checked = Checked };

    // optional<Node> ratchet_tree<V>;

    /// <summary>§12.4.3.3: nodes from left to right, up to the last that is not blank.</summary>
    public void WriteTo(TlsWriter writer)
    {
        var start = writer.BeginVector();
        var last = Array.FindLastIndex(_leaves, leaf => leaf is not null);
        for (var i = 0; i <= last; i++)
        {
            if (i > 0)
                WriteOptional(writer, _parents[i - 1] is { } parent ? new Node(null, parent) : null);
            WriteOptional(writer, _leaves[i] is { } leaf ? new Node(leaf, null) : null);
        }
        writer.EndVector(start);
    }

    /// <exception cref="MlsException">
    /// <see cref="MlsError.MalformedTree"/>: it is empty, ends in a blank, or has a node of the wrong kind in a place.
    /// </exception>
    public static RatchetTree ReadFrom(ref TlsReader reader)
    {
        var inner = reader.ReadVectorReader();
        var leaves = new List<LeafNode?>();
        var parents = new List<ParentNode?>();
        while (inner.Remaining > 0)
        {
            var isLeaf = leaves.Count == parents.Count;
            var node = inner.ReadPresence() ? Node.ReadFrom(ref inner) : default(Node?);
            if (node is { } filled && (filled.Leaf is not null) != isLeaf)
                throw new MlsException(MlsError.MalformedTree, $"node {leaves.Count + parents.Count} is of the other kind");
            if (isLeaf)
                leaves.Add(node?.Leaf);
            else
                parents.Add(node?.Parent);
            if (leaves.Count > MaxLeaves)
                throw new MlsException(MlsError.TooLarge, $"more than {MaxLeaves} leaves");
        }

        // The last node must not be blank. Nor can it be a parent: whatever empties a right subtree blanks the nodes above it.
        if (leaves.Count == 0 || leaves.Count == parents.Count || leaves[^1] is null)
            throw new MlsException(MlsError.MalformedTree, "the last node is blank or no leaf");

        var size = TreeMath.PerfectSize(leaves.Count);
        return new RatchetTree(Extended(leaves, size), Extended(parents, size - 1), new byte[TreeMath.NodeCount(size)][], null);
    }

    private static void WriteOptional(TlsWriter writer, Node? node)
    {
        writer.WritePresence(node is not null);
        if (node is { } filled)
            writer.Write(filled);
    }

    private static T?[] Extended<T>(List<T?> nodes, int length) where T : class
    {
        var array = new T?[length];
        nodes.CopyTo(array);
        return array;
    }
}
