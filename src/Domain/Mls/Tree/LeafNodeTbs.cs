using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

// struct {
//     HPKEPublicKey encryption_key;
//     ...                            // as LeafNode, up to its extensions
//     select (LeafNodeTBS.leaf_node_source) {
//         case key_package: struct{};
//         case update:      opaque group_id<V>; uint32 leaf_index;
//         case commit:      opaque group_id<V>; uint32 leaf_index;
//     };
// } LeafNodeTBS;

/// <summary>§7.2: what a leaf's signature covers: the leaf, and the place it is for when that is known.</summary>
public static class LeafNodeTbs
{
    /// <summary>The leaf with a signature by the key, which must be the pair of its signature_key.</summary>
    /// <param name="groupId">Not covered when the leaf's source is a key package; nor is the index.</param>
    /// <exception cref="ArgumentException">The capabilities list types that §7.2 calls default.</exception>
    public static LeafNode Sign(LeafNode leaf, CipherSuite suite, SignaturePrivateKey key, Opaque groupId, LeafIndex index)
    {
        if (leaf.Capabilities.ListsDefaults)
            throw new ArgumentException("§7.2: default proposal and extension types are not listed.", nameof(leaf));
        using var content = Content(leaf, groupId, index);
        return leaf with { Signature = suite.SignWithLabel(key, Labels.LeafNodeTbs, content.WrittenSpan) };
    }

    /// <summary>True when the leaf is signed by its own signature_key for this place.</summary>
    public static bool Verify(LeafNode leaf, CipherSuite suite, Opaque groupId, LeafIndex index)
    {
        using var content = Content(leaf, groupId, index);
        return suite.VerifyWithLabel(leaf.SignatureKey, Labels.LeafNodeTbs, content.WrittenSpan, leaf.Signature);
    }

    private static TlsWriter Content(LeafNode leaf, Opaque groupId, LeafIndex index)
    {
        var writer = new TlsWriter();
        leaf.WriteUnsigned(writer);
        if (leaf.Source is LeafNodeSource.Update or LeafNodeSource.Commit)
        {
            writer.WriteOpaque(groupId);
            writer.WriteUInt32(index.Value);
        }
        return writer;
    }
}
