using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

// struct {
//     HPKEPublicKey encryption_key;
//     HPKECiphertext encrypted_path_secret<V>;
// } UpdatePathNode;

/// <summary>§7.6: a new key for a node, and its path secret encrypted to each node of the copath child's resolution.</summary>
public sealed record UpdatePathNode(HpkePublicKey EncryptionKey, ImmutableArray<HpkeCiphertext> EncryptedPathSecret) : IWireStruct<UpdatePathNode>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.Write(EncryptionKey);
        writer.WriteVector(EncryptedPathSecret);
    }

    public static UpdatePathNode ReadFrom(ref TlsReader reader) => new(HpkePublicKey.ReadFrom(ref reader), reader.ReadVector<HpkeCiphertext>());

    public bool Equals(UpdatePathNode? other) =>
        other is not null && EncryptionKey == other.EncryptionKey && EncryptedPathSecret.AsSpan().SequenceEqual(other.EncryptedPathSecret.AsSpan());

    public override int GetHashCode() => EncryptionKey.GetHashCode();
}

// struct {
//     LeafNode leaf_node;
//     UpdatePathNode nodes<V>;
// } UpdatePath;

/// <summary>§7.6: a committer's new leaf and the nodes of its filtered direct path, lowest first.</summary>
public sealed record UpdatePath(LeafNode LeafNode, ImmutableArray<UpdatePathNode> Nodes) : IWireStruct<UpdatePath>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.Write(LeafNode);
        writer.WriteVector(Nodes);
    }

    public static UpdatePath ReadFrom(ref TlsReader reader) => new(LeafNode.ReadFrom(ref reader), reader.ReadVector<UpdatePathNode>());

    public bool Equals(UpdatePath? other) =>
        other is not null && LeafNode.Equals(other.LeafNode) && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan());

    public override int GetHashCode() => LeafNode.GetHashCode();
}
