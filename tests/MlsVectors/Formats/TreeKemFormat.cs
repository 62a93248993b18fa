using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "group_id", "epoch": uint64, "confirmed_transcript_hash",
//   "ratchet_tree",
//   "leaves_private": [{ "index": uint32, "encryption_priv", "signature_priv", "path_secrets": [{ "node": uint32, "path_secret" }] }],
//   "update_paths": [{ "sender": uint32, "update_path", "path_secrets": [optional hex, one a leaf], "commit_secret", "tree_hash_after" }]
// }

/// <summary>treekem: paths that others made, seen by every member, and paths that each member makes (§7.4 to §7.6).</summary>
public static class TreeKemFormat
{
    private static readonly IReadOnlySet<LeafIndex> NoneAdded = new HashSet<LeafIndex>();

    public static void UpdatePaths(JsonElement testCase, CipherSuite suite)
    {
        var before = testCase.Decoded<RatchetTree>("ratchet_tree");
        Agree.On(Tls.Encode(before), testCase.Bytes("ratchet_tree"), "ratchet_tree, encoded again");
        Check(testCase, suite, before);
        var members = testCase.List("leaves_private").Select(leaf => new TreeKemMember(suite, before, leaf)).OrderBy(member => member.Own.Value).ToArray();
        Agree.On([.. members.Select(member => member.Own.Value)], [.. before.Leaves.Select(leaf => leaf.Index.Value)], "'index' of leaves_private");

        foreach (var vector in testCase.List("update_paths"))
            SeenByEveryMember(testCase, suite, before, members, vector);
        foreach (var sender in members)
            MadeHere(testCase, suite, before, members, sender);
    }

    private static void SeenByEveryMember(JsonElement testCase, CipherSuite suite, RatchetTree before, TreeKemMember[] members, JsonElement vector)
    {
        var sender = new LeafIndex(vector.UInt32("sender"));
        Agree.That(before[sender] is not null, $"sender {sender} is no member");
        var update = vector.Decoded<UpdatePath>("update_path");
        Agree.On(Tls.Encode(update), vector.Bytes("update_path"), $"path of {sender}, encoded again");
        var tree = before.Copy();
        TreeKem.Merge(tree, suite, sender, update, NoneAdded);
        Agree.On(tree.TreeHash(suite), vector.Bytes("tree_hash_after"), $"path of {sender}, tree_hash_after");
        Check(testCase, suite, tree);

        // Neither the sender nor a blank leaf has a path secret.
        var pathSecrets = vector.List("path_secrets");
        Agree.On(tree.LeafCount, pathSecrets.Length, $"path of {sender}, entries of 'path_secrets'");
        for (var i = 0; i < pathSecrets.Length; i++)
        {
            var leaf = new LeafIndex((uint)i);
            Agree.That((pathSecrets[i].ValueKind != JsonValueKind.Null) == (leaf != sender && tree[leaf] is not null), $"path of {sender}: the path secret of leaf {i} is there or not, against the tree");
        }

        var context = Context(testCase, suite, tree);
        foreach (var member in members)
        {
            if (member.Own == sender)
                continue;
            var (keys, commitSecret) = TreeKem.Decrypt(tree, suite, sender, update, NoneAdded, member.Keys, context);
            using (keys)
            using (commitSecret)
            {
                Agree.On(commitSecret, vector.Bytes("commit_secret"), $"path of {sender}, commit_secret at leaf {member.Own}");
                var node = TreeMath.CommonAncestor(member.Own, sender);
                using var pair = TreeKemMember.PairOf(suite, pathSecrets[member.Own.Value].AsBytes("path_secrets"));
                Agree.On(pair.PublicKey.Value, keys[node]?.PublicKey.Value ?? Opaque.Empty, $"path of {sender}, path secret of leaf {member.Own}: key of node {node}");
            }
        }
    }

    private static void MadeHere(JsonElement testCase, CipherSuite suite, RatchetTree before, TreeKemMember[] members, TreeKemMember sender)
    {
        var own = before.Copy();
        using var path = OwnPath.Merge(own, suite, sender.Own, before[sender.Own]!, testCase.Bytes("group_id"), sender.Signer, sender.Keys, Randomness.Fill);
        var context = Context(testCase, suite, own);
        var update = Tls.Decode<UpdatePath>(Tls.Encode(path.Encrypt(own, NoneAdded, context, Randomness.Fill)));

        var tree = before.Copy();
        TreeKem.Merge(tree, suite, sender.Own, update, NoneAdded);
        Agree.On(tree.TreeHash(suite), own.TreeHash(suite), $"own path of {sender.Own}, tree hash");
        Check(testCase, suite, tree);
        foreach (var member in members)
        {
            if (member.Own == sender.Own)
                continue;
            var (keys, commitSecret) = TreeKem.Decrypt(tree, suite, sender.Own, update, NoneAdded, member.Keys, context);
            using (keys)
            using (commitSecret)
                Agree.That(commitSecret.FixedTimeEquals(path.CommitSecret), $"own path of {sender.Own}: another commit secret at leaf {member.Own}");
        }
    }

    private static void Check(JsonElement testCase, CipherSuite suite, RatchetTree tree) =>
        TreeValidationFormat.CheckTree(tree, suite, testCase.Bytes("group_id"));

    private static Opaque Context(JsonElement testCase, CipherSuite suite, RatchetTree tree) => new GroupContext(
        suite.Id, testCase.Bytes("group_id"), new Epoch(testCase.UInt64("epoch")),
        tree.TreeHash(suite), testCase.Bytes("confirmed_transcript_hash"), ExtensionList.Empty).Encode();
}
