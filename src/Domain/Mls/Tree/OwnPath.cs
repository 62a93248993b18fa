using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>
/// §7.5: a path that this member makes. Made in two steps, because the path secrets are encrypted in the provisional
/// GroupContext, which has the hash of the tree that the path is merged into.
/// </summary>
internal sealed class OwnPath : IDisposable
{
    private readonly CipherSuite _suite;
    private readonly List<PathStep> _path;
    private readonly PathSecrets _secrets;

    private OwnPath(CipherSuite suite, List<PathStep> path, PathSecrets secrets, TreePrivateKeys keys, LeafNode leaf)
    {
        _suite = suite;
        _path = path;
        _secrets = secrets;
        Keys = keys;
        Leaf = leaf;
    }

    /// <summary>The new leaf, signed.</summary>
    public LeafNode Leaf { get; }

    /// <summary>The member's private keys in the new tree; owned by this object.</summary>
    public TreePrivateKeys Keys { get; }

    /// <summary>§12.4.2: the commit secret; owned by this object.</summary>
    public Secret CommitSecret => _secrets.CommitSecret;

    /// <summary>
    /// §7.4, §7.5: draws new keys for the sender's leaf and filtered direct path and merges them into the tree that the
    /// commit's proposals led to.
    /// </summary>
    /// <param name="template">The new leaf's signature key, credential, capabilities and extensions; the rest is set here.</param>
    /// <param name="signer">The pair of the template's signature key.</param>
    /// <param name="known">The sender's private keys before; those that still hold are copied.</param>
    public static OwnPath Merge(
        RatchetTree tree, CipherSuite suite, LeafIndex sender, LeafNode template, Opaque groupId, SignatureKeyPair signer, TreePrivateKeys known, FillRandom random)
    {
        var path = tree.FilteredDirectPath(sender);
        var secrets = new PathSecrets(suite, Secret.Random(suite.HashSize, random), path.Count);
        var pairs = path.Select((_, n) => secrets.KeyPair(suite, n)).ToArray();
        var leafPair = suite.GenerateHpkeKeyPair(random);

        LeafNode? leaf = null;
        tree.MergePath(suite, sender, path, [.. pairs.Select(pair => pair.PublicKey)], parentHash =>
        {
            // Set the leaf_node_source to commit, the encryption_key to a fresh one, the parent hash; re-sign.
            var unsigned = template with { Source = LeafNodeSource.Commit, EncryptionKey = leafPair.PublicKey, ParentHash = parentHash, Lifetime = default };
            return leaf = LeafNodeTbs.Sign(unsigned, suite, signer.PrivateKey, groupId, sender);
        });

        var keys = known.CopyFor(tree);
        keys.Set(NodeIndex.Of(sender), leafPair);
        for (var i = 0; i < path.Count; i++)
            keys.Set(path[i].Node, pairs[i]);
        return new OwnPath(suite, path, secrets, keys, leaf!);
    }

    /// <summary>§7.6: encrypts each path secret to the resolution of the copath child, without the leaves that the commit added.</summary>
    /// <param name="groupContext">The provisional GroupContext, serialised.</param>
    public UpdatePath Encrypt(RatchetTree tree, IReadOnlySet<LeafIndex> added, Opaque groupContext, FillRandom random)
    {
        var jobs = new List<(HpkePublicKey Recipient, Secret Plaintext)>();
        var counts = new int[_path.Count];
        for (var n = 0; n < _path.Count; n++)
        {
            var resolution = tree.ResolutionExcluding(_path[n].CopathChild, added);
            counts[n] = resolution.Count;
            foreach (var node in resolution)
                jobs.Add((tree.EncryptionKey(node)!.Value, _secrets[n]));
        }

        var ciphertexts = Batch.EncryptWithLabel(_suite, Labels.UpdatePathNode, groupContext, jobs, random);
        var nodes = ImmutableArray.CreateBuilder<UpdatePathNode>(_path.Count);
        var next = 0;
        for (var n = 0; n < _path.Count; n++)
        {
            nodes.Add(new UpdatePathNode(tree.EncryptionKey(_path[n].Node)!.Value, ImmutableArray.Create(ciphertexts, next, counts[n])));
            next += counts[n];
        }
        return new UpdatePath(Leaf, nodes.DrainToImmutable());
    }

    /// <summary>§12.4.3: the path secret for a Welcome: that of the lowest node above both the sender and a leaf; owned by this object.</summary>
    public Secret PathSecretFor(LeafIndex member) => _secrets[_path.FindIndex(step => step.CopathChild.Covers(member))];

    public void Dispose()
    {
        _secrets.Dispose();
        Keys.Dispose();
    }
}
