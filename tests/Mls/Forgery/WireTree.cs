using Skytale.Mls.Codec;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>A ratchet tree as the list of its nodes on the wire, to be changed and read again.</summary>
internal static class WireTree
{
    /// <summary>The tree with a change to its list of nodes.</summary>
    public static RatchetTree With(this RatchetTree tree, Action<List<Node?>> change)
    {
        var nodes = Nodes(tree);
        change(nodes);
        return Tls.Decode<RatchetTree>(Encode(nodes));
    }

    /// <summary>The tree with a change to one parent node.</summary>
    public static RatchetTree WithParent(this RatchetTree tree, uint node, Func<ParentNode, ParentNode> change) =>
        tree.With(nodes => nodes[(int)node] = new Node(null, change(nodes[(int)node]!.Value.Parent!)));

    /// <summary>The tree with a change to one leaf.</summary>
    public static RatchetTree WithLeaf(this RatchetTree tree, uint leaf, Func<LeafNode, LeafNode> change) =>
        tree.With(nodes => nodes[(int)leaf * 2] = new Node(change(nodes[(int)leaf * 2]!.Value.Leaf!), null));

    public static List<Node?> Nodes(RatchetTree tree)
    {
        var reader = new TlsReader(Tls.Encode(tree).Memory);
        var inner = reader.ReadVectorReader();
        var nodes = new List<Node?>();
        while (inner.Remaining > 0)
            nodes.Add(inner.ReadPresence() ? Node.ReadFrom(ref inner) : null);
        return nodes;
    }

    public static Opaque Encode(IEnumerable<Node?> nodes)
    {
        using var writer = new TlsWriter();
        var start = writer.BeginVector();
        foreach (var node in nodes)
        {
            writer.WritePresence(node is not null);
            if (node is { } filled)
                writer.Write(filled);
        }
        writer.EndVector(start);
        return writer.ToOpaque();
    }
}
