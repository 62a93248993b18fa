using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

// struct {
//     HPKEPublicKey encryption_key;
//     opaque parent_hash<V>;
//     uint32 unmerged_leaves<V>;
// } ParentNode;

/// <summary>§7.1: a key that the members below share, those at the unmerged leaves excepted.</summary>
/// <param name="UnmergedLeaves">Sorted in increasing order.</param>
public sealed record ParentNode(HpkePublicKey EncryptionKey, Opaque ParentHash, ImmutableArray<LeafIndex> UnmergedLeaves) : IWireStruct<ParentNode>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.Write(EncryptionKey);
        writer.WriteOpaque(ParentHash);
        var start = writer.BeginVector();
        foreach (var leaf in UnmergedLeaves)
            writer.WriteUInt32(leaf.Value);
        writer.EndVector(start);
    }

    public static ParentNode ReadFrom(ref TlsReader reader)
    {
        var encryptionKey = HpkePublicKey.ReadFrom(ref reader);
        var parentHash = reader.ReadOpaque();
        var inner = reader.ReadVectorReader();
        var unmerged = ImmutableArray.CreateBuilder<LeafIndex>(inner.Remaining / 4);
        while (inner.Remaining > 0)
            unmerged.Add(LeafIndex.FromWire(inner.ReadUInt32()));
        return new ParentNode(encryptionKey, parentHash, unmerged.DrainToImmutable());
    }

    public bool Equals(ParentNode? other) =>
        other is not null
        && EncryptionKey == other.EncryptionKey
        && ParentHash == other.ParentHash
        && UnmergedLeaves.AsSpan().SequenceEqual(other.UnmergedLeaves.AsSpan());

    public override int GetHashCode() => EncryptionKey.GetHashCode();

    /// <summary>True when the leaf is in <see cref="UnmergedLeaves"/>.</summary>
    internal bool HasUnmerged(LeafIndex leaf) => UnmergedLeaves.BinarySearch(leaf) >= 0;

    /// <summary>§12.1.1: the node with one more unmerged leaf.</summary>
    internal ParentNode WithUnmerged(LeafIndex leaf)
    {
        var place = UnmergedLeaves.BinarySearch(leaf);
        return place >= 0 ? this : this with { UnmergedLeaves = UnmergedLeaves.Insert(~place, leaf) };
    }
}
