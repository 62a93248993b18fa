namespace Skytale.Mls.Tree;

/// <summary>§4.1.2: a node of a filtered direct path, and its child off the path, whose resolution the path secret is encrypted to.</summary>
public readonly record struct PathStep(NodeIndex Node, NodeIndex CopathChild);

/// <summary>§4.1: resolutions and paths.</summary>
public sealed partial class RatchetTree
{
    /// <summary>§4.1.1: the non-blank nodes that together cover every member below a node.</summary>
    public List<NodeIndex> Resolution(NodeIndex node)
    {
        var resolution = new List<NodeIndex>();
        AddResolution(node, resolution);
        return resolution;
    }

    /// <summary>§7.6: a resolution without the leaves that the same commit added.</summary>
    internal List<NodeIndex> ResolutionExcluding(NodeIndex node, IReadOnlySet<LeafIndex> added)
    {
        var resolution = Resolution(node);
        if (added.Count > 0)
            resolution.RemoveAll(entry => entry.IsLeaf && added.Contains(entry.Leaf));
        return resolution;
    }

    /// <summary>§4.1.2: the direct path without the nodes whose child off the path has an empty resolution; lowest first.</summary>
    public List<PathStep> FilteredDirectPath(LeafIndex leaf)
    {
        var path = new List<PathStep>();
        for (var node = NodeIndex.Of(leaf); node != Root; node = node.Parent)
        {
            if (HasResolution(node.Sibling))
                path.Add(new PathStep(node.Parent, node.Sibling));
        }
        return path;
    }

    private void AddResolution(NodeIndex node, List<NodeIndex> resolution)
    {
        if (node.IsLeaf)
        {
            if (this[node.Leaf] is not null)
                resolution.Add(node);
        }
        else if (Parent(node) is { } parent)
        {
            resolution.Add(node);
            foreach (var leaf in parent.UnmergedLeaves)
                resolution.Add(NodeIndex.Of(leaf));
        }
        else
        {
            AddResolution(node.Left, resolution);
            AddResolution(node.Right, resolution);
        }
    }

    private bool HasResolution(NodeIndex node) =>
        EncryptionKey(node) is not null || (!node.IsLeaf && (HasResolution(node.Left) || HasResolution(node.Right)));
}
