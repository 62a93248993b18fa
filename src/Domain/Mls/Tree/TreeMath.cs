using System.Numerics;

namespace Skytale.Mls.Tree;

/// <summary>§4.1, Appendix C: relations between the nodes of a perfect tree, which follow from its number of leaves alone.</summary>
public static class TreeMath
{
    /// <summary>Nodes of a tree of so many leaves.</summary>
    public static int NodeCount(int leafCount) => leafCount == 0 ? 0 : 2 * leafCount - 1;

    /// <summary>The node above all others.</summary>
    /// <param name="leafCount">The tree's leaves: a power of two.</param>
    public static NodeIndex Root(int leafCount) => new((uint)leafCount - 1);

    /// <summary>The smallest power of two that holds so many leaves: the tree's size after extending or truncating (§7.7).</summary>
    public static int PerfectSize(int leaves) => (int)BitOperations.RoundUpToPowerOf2((uint)leaves);

    /// <summary>§4.1.2: the nodes above a node, from its parent to the root.</summary>
    public static IEnumerable<NodeIndex> DirectPath(NodeIndex node, int leafCount)
    {
        var root = Root(leafCount);
        while (node != root)
        {
            node = node.Parent;
            yield return node;
        }
    }

    /// <summary>§4.1.2: the sibling of the node and of each node of its direct path but the root.</summary>
    public static IEnumerable<NodeIndex> Copath(NodeIndex node, int leafCount)
    {
        var root = Root(leafCount);
        for (; node != root; node = node.Parent)
            yield return node.Sibling;
    }

    /// <summary>The lowest node that has both leaves below it; a leaf itself when both are the same.</summary>
    public static NodeIndex CommonAncestor(LeafIndex left, LeafIndex right)
    {
        var level = 32 - BitOperations.LeadingZeroCount(left.Value ^ right.Value);
        return new(((left.Value >> level) << (level + 1)) + (1u << level) - 1);
    }
}
