using System.Collections.Immutable;

namespace Skytale.Mls.Tree;

/// <summary>§7.7, §12.1: how members come, change and go. Each change drops the cached hashes from the leaf to the root.</summary>
public sealed partial class RatchetTree
{
    /// <summary>§12.1.1: puts a new member on the leftmost blank leaf, extending the tree when there is none.</summary>
    internal LeafIndex AddLeaf(LeafNode leaf)
    {
        var index = LeftmostBlank();

        // For each non-blank intermediate node along the path from the leaf to the root, add the leaf to unmerged_leaves.
        foreach (var node in TreeMath.DirectPath(NodeIndex.Of(index), LeafCount))
        {
            ref var parent = ref _parents[node.Value / 2];
            parent = parent?.WithUnmerged(index);
        }
        SetLeaf(index, leaf);
        return index;
    }

    /// <summary>§12.1.2: replaces a member's leaf and blanks its direct path.</summary>
    internal void UpdateLeaf(LeafIndex index, LeafNode leaf)
    {
        SetLeaf(index, leaf);
        BlankDirectPath(index);
    }

    /// <summary>§12.1.3: blanks a leaf and its direct path, and truncates the tree while its right half is empty.</summary>
    internal void RemoveLeaf(LeafIndex index)
    {
        SetLeaf(index, null);
        BlankDirectPath(index);
        var last = Array.FindLastIndex(_leaves, leaf => leaf is not null);

        // The only member's leaf may go: the client that replaces it by an external commit comes to stand there (§12.4.3.2).
        Resize(TreeMath.PerfectSize(Math.Max(last + 1, 1)));
    }

    /// <summary>§7.5: puts a committer's new leaf and path into the tree; the rest of its direct path is blank.</summary>
    /// <param name="path">Nodes of the filtered direct path with their new content.</param>
    internal void SetPath(LeafIndex index, LeafNode leaf, IEnumerable<(NodeIndex Index, ParentNode Parent)> path)
    {
        SetLeaf(index, leaf);
        BlankDirectPath(index);
        foreach (var (node, parent) in path)
            _parents[node.Value / 2] = parent;
    }

    /// <summary>§12.4.2: the leaf that the next new member gets, in a tree that is extended for it when it is full.</summary>
    internal LeafIndex LeftmostBlank()
    {
        var index = Array.IndexOf(_leaves, null);
        if (index < 0)
        {
            index = _leaves.Length;
            Resize(_leaves.Length * 2);
        }
        return new LeafIndex((uint)index);
    }

    private void SetLeaf(LeafIndex index, LeafNode? leaf)
    {
        _leaves[index.Value] = leaf;
        DropHashes(index);
    }

    private void BlankDirectPath(LeafIndex index)
    {
        foreach (var node in TreeMath.DirectPath(NodeIndex.Of(index), LeafCount))
            _parents[node.Value / 2] = null;
    }

    private void DropHashes(LeafIndex index)
    {
        _hashes[NodeIndex.Of(index).Value] = null;
        foreach (var node in TreeMath.DirectPath(NodeIndex.Of(index), LeafCount))
            _hashes[node.Value] = null;
    }

    // Node numbers do not change with the size: extending appends blanks, truncating cuts the right end off.
    private void Resize(int leafCount)
    {
        if (leafCount > MaxLeaves)
            throw new MlsException(MlsError.TooLarge, $"more than {MaxLeaves} leaves");
        Array.Resize(ref _leaves, leafCount);
        Array.Resize(ref _parents, leafCount - 1);
        Array.Resize(ref _hashes, TreeMath.NodeCount(leafCount));
    }
}
