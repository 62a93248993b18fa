using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>§7.4 to §7.6: what an UpdatePath does to a tree, in public and for one of its members.</summary>
internal static class TreeKem
{
    /// <summary>
    /// §12.4.2, §7.5: checks an UpdatePath against the tree that the commit's proposals led to, and merges it. What
    /// concerns the leaf alone (§7.3) is the caller's.
    /// </summary>
    /// <param name="added">Leaves that the same commit added: no path secret is encrypted to them.</param>
    /// <exception cref="MlsException">The path does not fit; the tree is as it was.</exception>
    public static void Merge(RatchetTree tree, CipherSuite suite, LeafIndex sender, UpdatePath update, IReadOnlySet<LeafIndex> added)
    {
        var path = tree.FilteredDirectPath(sender);
        if (update.Nodes.Length != path.Count)
            throw new MlsException(MlsError.WrongPathLength, $"{update.Nodes.Length} nodes, the filtered direct path has {path.Count}");

        // §7.6: the length of encrypted_path_secret MUST equal the length of the copath node's resolution, new leaves excluded.
        for (var i = 0; i < path.Count; i++)
        {
            var expected = tree.ResolutionExcluding(path[i].CopathChild, added).Count;
            if (update.Nodes[i].EncryptedPathSecret.Length != expected)
                throw new MlsException(MlsError.WrongPathCiphertextCount, $"node {path[i].Node}: {update.Nodes[i].EncryptedPathSecret.Length}, not {expected}");
        }
        CheckKeys(tree, suite, update);

        // §7.5: compute parent hashes, and verify that the leaf's matches that of the first node in its filtered direct path.
        tree.MergePath(suite, sender, path, [.. update.Nodes.Select(node => node.EncryptionKey)], parentHash =>
            update.LeafNode.ParentHash == parentHash
                ? update.LeafNode
                : throw new MlsException(MlsError.InvalidParentHash, $"leaf {sender}"));
    }

    /// <summary>
    /// §7.5: decrypts the path secret that is for this member in a path that was merged into the tree, and derives all
    /// above it. The result holds the member's keys in the new tree; what it knew before and still holds is copied.
    /// </summary>
    /// <param name="groupContext">The provisional GroupContext, serialised.</param>
    /// <exception cref="MlsException">
    /// <see cref="MlsError.PathNotForMe"/>, <see cref="MlsError.HpkeOpenFailed"/>, <see cref="MlsError.PathKeyMismatch"/>.
    /// </exception>
    public static (TreePrivateKeys Keys, Secret CommitSecret) Decrypt(
        RatchetTree tree, CipherSuite suite, LeafIndex sender, UpdatePath update, IReadOnlySet<LeafIndex> added, TreePrivateKeys known, Opaque groupContext)
    {
        var path = tree.FilteredDirectPath(sender);

        // Identify a node in the filtered direct path for which the recipient is in the subtree of the non-updated child.
        var at = path.FindIndex(step => step.CopathChild.Covers(known.Own));
        if (at < 0)
            throw new MlsException(MlsError.PathNotForMe, $"leaf {known.Own} is not below the path of leaf {sender}");

        // Identify a node in the resolution of the copath node for which the recipient has a private key.
        var keys = known.CopyFor(tree);
        try
        {
            var resolution = tree.ResolutionExcluding(path[at].CopathChild, added);
            var mine = resolution.FindIndex(node => keys[node] is not null);
            if (mine < 0)
                throw new MlsException(MlsError.PathNotForMe, $"no key of leaf {known.Own} is in the resolution of node {path[at].CopathChild}");

            // Decrypt the path secret for the parent of the copath node using the private key from the resolution node.
            var ciphertext = update.Nodes[at].EncryptedPathSecret[mine];
            var pathSecret = suite.DecryptWithLabel(keys[resolution[mine]]!, Labels.UpdatePathNode, groupContext.Span, ciphertext);

            return (keys, Derive(tree, suite, path, at, pathSecret, keys));
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>
    /// §12.4.3.1: the keys of a new member: its leaf's, and those from the lowest node that it has in common with the
    /// signer of the GroupInfo upwards, when the Welcome tells that node's path secret.
    /// </summary>
    /// <param name="leaf">The leaf's pair, which the result takes over.</param>
    /// <param name="pathSecret">From the GroupSecrets, taken over; null when the commit had no path.</param>
    /// <exception cref="MlsException"><see cref="MlsError.PathKeyMismatch"/>.</exception>
    public static TreePrivateKeys Join(RatchetTree tree, CipherSuite suite, LeafIndex own, HpkeKeyPair leaf, LeafIndex signer, Secret? pathSecret)
    {
        var keys = new TreePrivateKeys(own);
        keys.Set(NodeIndex.Of(own), leaf);
        if (pathSecret is null)
            return keys;
        try
        {
            var path = tree.FilteredDirectPath(signer);
            var at = path.FindIndex(step => step.Node == TreeMath.CommonAncestor(own, signer));
            if (at < 0)
            {
                pathSecret.Dispose();
                throw new MlsException(MlsError.PathKeyMismatch, $"leaf {own} and signer {signer} have no node of a path in common");
            }
            Derive(tree, suite, path, at, pathSecret, keys).Dispose();
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    // Derives path secrets and key pairs from one node of a path up, verifies them against the public keys in the tree, keeps them.
    private static Secret Derive(RatchetTree tree, CipherSuite suite, List<PathStep> path, int from, Secret pathSecret, TreePrivateKeys keys)
    {
        // A path secret has KDF.Nh bytes; HKDF takes nothing shorter, and whoever sent it chose its length.
        if (pathSecret.Length != suite.HashSize)
        {
            pathSecret.Dispose();
            throw new MlsException(MlsError.PathKeyMismatch, "the path secret does not have KDF.Nh bytes");
        }
        using var secrets = new PathSecrets(suite, pathSecret, path.Count - from);
        for (var i = from; i < path.Count; i++)
        {
            var pair = secrets.KeyPair(suite, i - from);
            if (tree.Parent(path[i].Node)?.EncryptionKey != pair.PublicKey)
            {
                pair.Dispose();
                throw new MlsException(MlsError.PathKeyMismatch, $"node {path[i].Node}");
            }
            keys.Set(path[i].Node, pair);
        }
        return Secret.Copy(secrets.CommitSecret.Span);
    }

    // §12.4.2: none of the public keys in the UpdatePath appear in any node of the new ratchet tree (the committer's own
    // current leaf included), nor twice in the path; and all are keys of the suite, as are the KEM outputs (§5.1.1).
    private static void CheckKeys(RatchetTree tree, CipherSuite suite, UpdatePath update)
    {
        var keys = new HashSet<Opaque>();
        foreach (var key in update.Nodes.Select(node => node.EncryptionKey.Value).Append(update.LeafNode.EncryptionKey.Value))
        {
            if (!keys.Add(key))
                throw new MlsException(MlsError.PathKeyReused, "twice in the path");
        }
        foreach (var (index, leaf) in tree.Leaves)
        {
            // An external joiner's leaf stands in the tree already.
            if (keys.Contains(leaf.EncryptionKey.Value) && !ReferenceEquals(leaf, update.LeafNode))
                throw new MlsException(MlsError.PathKeyReused, $"leaf {index} has it");
        }
        foreach (var (index, parent) in tree.Parents)
        {
            if (keys.Contains(parent.EncryptionKey.Value))
                throw new MlsException(MlsError.PathKeyReused, $"node {index} has it");
        }

        var points = keys.Concat(update.Nodes.SelectMany(node => node.EncryptedPathSecret.Select(ciphertext => ciphertext.KemOutput))).ToArray();
        if (Batch.FirstFailure(points.Length, i => suite.IsValidPublicKey(points[i])) >= 0)
            throw new MlsException(MlsError.InvalidPublicKey, "in the update path");
    }
}
