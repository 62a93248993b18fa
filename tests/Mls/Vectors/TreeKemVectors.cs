using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeKemVectors
{
    private static readonly IReadOnlySet<LeafIndex> NoneAdded = new HashSet<LeafIndex>();

    [Fact]
    public void Update_paths_are_merged_and_decrypted_by_every_member_and_can_be_made() => VectorFile.Open("treekem").ForEachSuite((testCase, suite) =>
    {
        var groupId = testCase.Bytes("group_id");
        var before = Tls.Decode<RatchetTree>(testCase.Bytes("ratchet_tree"));
        CheckTree(before, suite, groupId);
        var members = testCase.List("leaves_private").Select(leaf => new Member(suite, before, leaf)).ToArray();

        foreach (var vector in testCase.List("update_paths"))
        {
            var sender = new LeafIndex(vector.UInt32("sender"));
            var update = Tls.Decode<UpdatePath>(vector.Bytes("update_path"));
            var tree = before.Copy();
            TreeKem.Merge(tree, suite, sender, update, NoneAdded);
            tree.TreeHash(suite).ShouldBe(vector.Bytes("tree_hash_after"));
            CheckTree(tree, suite, groupId);

            var context = Context(testCase, suite, tree);
            var pathSecrets = vector.List("path_secrets").ToArray();
            foreach (var member in members.Where(member => member.Own != sender))
            {
                var (keys, commitSecret) = TreeKem.Decrypt(tree, suite, sender, update, NoneAdded, member.Keys, context);
                using (keys)
                using (commitSecret)
                {
                    Hex(commitSecret).ShouldBe(vector.Text("commit_secret"), $"commit secret at leaf {member.Own}");
                    PathSecretGives(keys, tree, suite, sender, pathSecrets[member.Own.Value].GetString()!);
                }
            }
        }

        foreach (var member in members)
            OwnPathReachesTheOthers(testCase, suite, before, member, members);
    });

    // All but what the group asks of its leaves: those of suite 7's cases list the suites 1 to 6 as what they support.
    private static void CheckTree(RatchetTree tree, CipherSuite suite, Opaque groupId)
    {
        TreeValidation.CheckUnmergedLeaves(tree);
        TreeValidation.CheckParentHashes(tree, suite);
        TreeValidation.CheckKeysAndSignatures(tree, suite, groupId);
    }

    // The path secret of the vector must lead to the key that the member derived for the lowest node it shares with the sender.
    private static void PathSecretGives(TreePrivateKeys keys, RatchetTree tree, CipherSuite suite, LeafIndex sender, string pathSecret)
    {
        using var secrets = new PathSecrets(suite, Secret.Copy(Convert.FromHexString(pathSecret)), 0);
        using var pair = secrets.KeyPair(suite, 0);
        var node = TreeMath.CommonAncestor(keys.Own, sender);
        keys[node]!.PublicKey.ShouldBe(pair.PublicKey);
        tree.EncryptionKey(node).ShouldBe(pair.PublicKey);
    }

    private static void OwnPathReachesTheOthers(JsonElement testCase, CipherSuite suite, RatchetTree before, Member sender, Member[] members)
    {
        var groupId = testCase.Bytes("group_id");
        var own = before.Copy();
        using var path = OwnPath.Merge(own, suite, sender.Own, before[sender.Own]!, groupId, sender.Signer, sender.Keys, TestRandom.Fill);
        var context = Context(testCase, suite, own);
        var update = path.Encrypt(own, NoneAdded, context, TestRandom.Fill);

        var tree = before.Copy();
        TreeKem.Merge(tree, suite, sender.Own, update, NoneAdded);
        tree.TreeHash(suite).ShouldBe(own.TreeHash(suite));
        CheckTree(tree, suite, groupId);
        foreach (var member in members.Where(member => member.Own != sender.Own))
        {
            var (keys, commitSecret) = TreeKem.Decrypt(tree, suite, sender.Own, update, NoneAdded, member.Keys, context);
            using (keys)
            using (commitSecret)
                commitSecret.FixedTimeEquals(path.CommitSecret).ShouldBeTrue();
        }
    }

    // struct { ProtocolVersion version = mls10; CipherSuite cipher_suite; opaque group_id<V>; uint64 epoch; opaque tree_hash<V>;
    //          opaque confirmed_transcript_hash<V>; Extension extensions<V>; } GroupContext;
    private static Opaque Context(JsonElement testCase, CipherSuite suite, RatchetTree tree)
    {
        using var writer = new TlsWriter();
        writer.WriteUInt16(1);
        writer.WriteUInt16((ushort)suite.Id);
        writer.WriteOpaque(testCase.Bytes("group_id"));
        writer.WriteUInt64(testCase.GetProperty("epoch").GetUInt64());
        writer.WriteOpaque(tree.TreeHash(suite));
        writer.WriteOpaque(testCase.Bytes("confirmed_transcript_hash"));
        writer.Write(ExtensionList.Empty);
        return writer.ToOpaque();
    }

    private static string Hex(Secret secret) => Convert.ToHexStringLower(secret.Span);

    private sealed class Member
    {
        public Member(CipherSuite suite, RatchetTree tree, JsonElement leaf)
        {
            Own = new LeafIndex(leaf.UInt32("index"));
            Signer = new SignatureKeyPair(tree[Own]!.SignatureKey, new SignaturePrivateKey(leaf.SecretOf("signature_priv")));
            Keys = new TreePrivateKeys(Own);
            Keys.Set(NodeIndex.Of(Own), suite.KeyPairOf(new HpkePrivateKey(leaf.SecretOf("encryption_priv"))));
            foreach (var known in leaf.List("path_secrets"))
            {
                var node = new NodeIndex(known.UInt32("node"));
                using var secrets = new PathSecrets(suite, known.SecretOf("path_secret"), 0);
                Keys.Set(node, secrets.KeyPair(suite, 0));
                tree.EncryptionKey(node).ShouldBe(Keys[node]!.PublicKey);
            }
        }

        public LeafIndex Own { get; }

        public SignatureKeyPair Signer { get; }

        public TreePrivateKeys Keys { get; }
    }
}
