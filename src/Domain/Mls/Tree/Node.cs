using Skytale.Mls.Codec;

namespace Skytale.Mls.Tree;

/// <summary>§7.8: the two kinds of node, on the wire and in tree hashes.</summary>
public enum NodeType : byte
{
    Leaf = 1,
    Parent = 2,
}

// struct {
//     NodeType node_type;
//     select (Node.node_type) {
//         case leaf:   LeafNode leaf_node;
//         case parent: ParentNode parent_node;
//     };
// } Node;

/// <summary>§12.4.3.3: a node as a ratchet tree on the wire lists it: one of the two is set.</summary>
public readonly record struct Node(LeafNode? Leaf, ParentNode? Parent) : IWireStruct<Node>
{
    public void WriteTo(TlsWriter writer)
    {
        if (Leaf is not null)
        {
            writer.WriteUInt8((byte)NodeType.Leaf);
            writer.Write(Leaf);
        }
        else
        {
            writer.WriteUInt8((byte)NodeType.Parent);
            writer.Write(Parent ?? throw new InvalidOperationException("a node is a leaf or a parent"));
        }
    }

    public static Node ReadFrom(ref TlsReader reader) => (NodeType)reader.ReadUInt8() switch
    {
        NodeType.Leaf => new Node(LeafNode.ReadFrom(ref reader), null),
        NodeType.Parent => new Node(null, ParentNode.ReadFrom(ref reader)),
        var other => throw new MlsException(MlsError.UnknownEnumValue, $"node_type {(byte)other}"),
    };
}
