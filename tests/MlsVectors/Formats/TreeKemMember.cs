using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

/// <summary>A member of a treekem case: what it knows, each private key proven to be that of the tree's public one.</summary>
internal sealed class TreeKemMember
{
    public TreeKemMember(CipherSuite suite, RatchetTree tree, JsonElement leaf)
    {
        Own = new LeafIndex(leaf.UInt32("index"));
        var node = tree[Own] ?? throw new VectorException($"leaf {Own} of leaves_private is blank");
        Signer = leaf.Signer(suite, "signature_priv", node.SignatureKey);
        Keys = new TreePrivateKeys(Own);
        Keys.Set(NodeIndex.Of(Own), leaf.HpkePair(suite, "encryption_priv", node.EncryptionKey));
        foreach (var known in leaf.List("path_secrets"))
        {
            var above = new NodeIndex(known.UInt32("node"));
            Agree.That(!above.IsLeaf && above.Value < TreeMath.NodeCount(tree.LeafCount) && above.Covers(Own), $"node {above} is not above leaf {Own}");
            var pair = PairOf(suite, known.Bytes("path_secret"));
            Agree.On(pair.PublicKey.Value, tree.EncryptionKey(above)?.Value ?? Opaque.Empty, $"leaf {Own}, path secret of node {above}: its key");
            Keys.Set(above, pair);
        }
    }

    public LeafIndex Own { get; }

    public SignatureKeyPair Signer { get; }

    public TreePrivateKeys Keys { get; }

    /// <summary>§7.4: the key pair that a node's path secret leads to.</summary>
    public static HpkeKeyPair PairOf(CipherSuite suite, Opaque pathSecret)
    {
        Agree.On(pathSecret.Length, suite.HashSize, "bytes of a path secret");
        using var secrets = new PathSecrets(suite, Secret.Copy(pathSecret.Span), 0);
        return secrets.KeyPair(suite, 0);
    }
}
