using System.Numerics;

namespace Skytale.Mls.Tree;

/// <summary>
/// Appendix C: a node's place in the array of a perfect tree. Leaves are even, leaf n at 2n; a parent's level is the
/// number of its trailing one bits, and its children differ from it in the highest of them.
/// </summary>
public readonly record struct NodeIndex(uint Value) : IComparable<NodeIndex>
{
    /// <summary>0 for a leaf, 1 for a leaf's parent, and so on.</summary>
    public int Level => BitOperations.TrailingZeroCount(~Value);

    public bool IsLeaf => (Value & 1) == 0;

    /// <summary>The leaf that stands here.</summary>
    public LeafIndex Leaf => IsLeaf ? new LeafIndex(Value / 2) : throw new InvalidOperationException($"node {Value} is no leaf");

    public NodeIndex Left => new(Value ^ (1u << (ParentLevel - 1)));

    public NodeIndex Right => new(Value ^ (3u << (ParentLevel - 1)));

    /// <summary>The node above, in a tree that is large enough to have one.</summary>
    public NodeIndex Parent
    {
        get
        {
            var level = Level;
            return new((Value | (1u << level)) & ~(1u << (level + 1)));
        }
    }

    /// <summary>The parent's other child.</summary>
    public NodeIndex Sibling => this < Parent ? Parent.Right : Parent.Left;

    /// <summary>The first leaf of the subtree below.</summary>
    public LeafIndex FirstLeaf => new((Value - ((1u << Level) - 1)) / 2);

    /// <summary>The last leaf of the subtree below.</summary>
    public LeafIndex LastLeaf => new((Value + ((1u << Level) - 1)) / 2);

    /// <summary>The node of a leaf.</summary>
    public static NodeIndex Of(LeafIndex leaf) => new(leaf.Value * 2);

    /// <summary>True when the leaf is in the subtree that this node heads.</summary>
    public bool Covers(LeafIndex leaf) => leaf >= FirstLeaf && leaf <= LastLeaf;

    public int CompareTo(NodeIndex other) => Value.CompareTo(other.Value);

    public static bool operator <(NodeIndex left, NodeIndex right) => left.Value < right.Value;

    public static bool operator >(NodeIndex left, NodeIndex right) => left.Value > right.Value;

    public static bool operator <=(NodeIndex left, NodeIndex right) => left.Value <= right.Value;

    public static bool operator >=(NodeIndex left, NodeIndex right) => left.Value >= right.Value;

    public override string ToString() => $"{Value}";

    private int ParentLevel => Level is > 0 and var level ? level : throw new InvalidOperationException($"leaf node {Value} has no children");
}
