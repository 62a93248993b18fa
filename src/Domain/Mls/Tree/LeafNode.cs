using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;

namespace Skytale.Mls.Tree;

/// <summary>§7.2: how a leaf came into the tree.</summary>
public enum LeafNodeSource : byte
{
    KeyPackage = 1,
    Update = 2,
    Commit = 3,
}

// struct {
//     HPKEPublicKey encryption_key;
//     SignaturePublicKey signature_key;
//     Credential credential;
//     Capabilities capabilities;
//     LeafNodeSource leaf_node_source;
//     select (LeafNode.leaf_node_source) {
//         case key_package: Lifetime lifetime;
//         case update:      struct{};
//         case commit:      opaque parent_hash<V>;
//     };
//     Extension extensions<V>;
//     /* SignWithLabel(., "LeafNodeTBS", LeafNodeTBS) */
//     opaque signature<V>;
// } LeafNode;

/// <summary>§7.2: one client in the tree, signed by itself.</summary>
public sealed record LeafNode : IWireStruct<LeafNode>
{
    /// <summary>Only the member at this leaf knows the private key.</summary>
    public required HpkePublicKey EncryptionKey { get; init; }

    public required SignaturePublicKey SignatureKey { get; init; }

    public required Credential Credential { get; init; }

    public required Capabilities Capabilities { get; init; }

    public required LeafNodeSource Source { get; init; }

    /// <summary>Of a leaf whose source is a key package; meaningless for others.</summary>
    public Lifetime Lifetime { get; init; }

    /// <summary>Of a leaf whose source is a commit; empty for others.</summary>
    public Opaque ParentHash { get; init; }

    public required ExtensionList Extensions { get; init; }

    /// <summary>By the signature key, over <see cref="LeafNodeTbs"/>; empty before signing.</summary>
    public Opaque Signature { get; init; }

    public void WriteTo(TlsWriter writer)
    {
        WriteUnsigned(writer);
        writer.WriteOpaque(Signature);
    }

    public static LeafNode ReadFrom(ref TlsReader reader)
    {
        var leaf = new LeafNode
        {
            EncryptionKey = HpkePublicKey.ReadFrom(ref reader),
            SignatureKey = SignaturePublicKey.ReadFrom(ref reader),
            Credential = Credential.ReadFrom(ref reader),
            Capabilities = Capabilities.ReadFrom(ref reader),
            Source = (LeafNodeSource)reader.ReadUInt8(),
            Extensions = ExtensionList.Empty,
        };
        leaf = leaf.Source switch
        {
            LeafNodeSource.KeyPackage => leaf with { Lifetime = Lifetime.ReadFrom(ref reader) },
            LeafNodeSource.Update => leaf,
            LeafNodeSource.Commit => leaf with { ParentHash = reader.ReadOpaque() },
            _ => throw new MlsException(MlsError.UnknownEnumValue, $"leaf_node_source {(byte)leaf.Source}"),
        };
        return leaf with { Extensions = ExtensionList.ReadFrom(ref reader), Signature = reader.ReadOpaque() };
    }

    /// <summary>Everything above the signature, as both the leaf and what is signed have it.</summary>
    internal void WriteUnsigned(TlsWriter writer)
    {
        writer.Write(EncryptionKey);
        writer.Write(SignatureKey);
        writer.Write(Credential);
        writer.Write(Capabilities);
        writer.WriteUInt8((byte)Source);
        switch (Source)
        {
            case LeafNodeSource.KeyPackage:
                writer.Write(Lifetime);
                break;
            case LeafNodeSource.Commit:
                writer.WriteOpaque(ParentHash);
                break;
        }
        writer.Write(Extensions);
    }
}
