using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Tree;

/// <summary>Long random walks: whatever members do in whatever order, cached hashes stay true and the tree stays joinable.</summary>
public sealed class ChangingTrees
{
    [Theory]
    [Fault(11)]
    [Fault(15)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_sequence_of_commits_leads_to_a_tree_that_a_joiner_accepts(int seed)
    {
        var random = new Random(seed);
        var group = ForgedGroup.Of(random.Next(2, 12));
        for (var step = 0; step < 30; step++)
        {
            var members = group.Public.Members.Select(member => member.Index.Value).ToArray();
            var committer = members[random.Next(members.Length)];
            var others = members.Where(member => member != committer).OrderBy(_ => random.Next()).ToArray();
            group.Apply(random.Next(5) switch
            {
                0 => group.Commit(committer),
                1 => group.Commit(committer, group.Adds(random.Next(1, 4))),
                2 => group.CommitWithoutPath(committer, group.Adds(random.Next(1, 4))),
                3 when others.Length > 1 => group.CommitReferences(committer, group.Propose(others[0], group.Update(others[0]))),
                _ => group.Commit(committer, [.. others.Take(random.Next(0, others.Length)).Select(leaf => new RemoveProposal(new LeafIndex(leaf))), .. group.Adds(random.Next(0, 2))]),
            });

            var fresh = Tls.Decode<RatchetTree>(Tls.Encode(group.Public.Tree));
            fresh.LeafCount.ShouldBe(group.Public.Tree.LeafCount);
            fresh.TreeHash(Client.Suite).ShouldBe(group.Public.Tree.TreeHash(Client.Suite), $"seed {seed}, step {step}");
            TreeValidation.CheckAll(fresh, Client.Suite, ForgedGroup.Id, ExtensionList.Empty, LifetimePolicy.Unchecked);
        }
    }

    [Fact]
    public void A_copy_changes_apart_from_its_original()
    {
        var tree = ForgedGroup.Of(5, 1).Public.Tree;
        var before = Tls.Encode(tree);
        var hash = tree.TreeHash(Client.Suite);
        var copy = tree.Copy();
        copy.RemoveLeaf(new LeafIndex(4));
        copy.AddLeaf(new Client("new").KeyPackage.LeafNode);
        Tls.Encode(tree).ShouldBe(before);
        tree.TreeHash(Client.Suite).ShouldBe(hash);
        copy.TreeHash(Client.Suite).ShouldNotBe(hash);
    }

    [Fact]
    public void Members_learn_a_path_that_added_leaves_do_not()
    {
        var group = ForgedGroup.Of(3);
        var add = new Client("added");
        var (suite, sender) = (Client.Suite, new LeafIndex(0));
        var tree = group.Public.Tree.Copy();
        var added = new HashSet<LeafIndex> { tree.AddLeaf(add.KeyPackage.LeafNode) };
        var context = Opaque.Copy("context"u8);

        using var none = new TreePrivateKeys(sender);
        using var path = OwnPath.Merge(tree, suite, sender, tree[sender]!, ForgedGroup.Id, group[0].Signer, none, TestRandom.Fill);
        var update = path.Encrypt(tree, added, context, TestRandom.Fill);

        // A member decrypts what is for it; its result holds its own leaf's key and those of the path above it.
        using var member = Keys(2, group[2]);
        var (keys, commitSecret) = TreeKem.Decrypt(tree, suite, sender, update, added, member, context);
        commitSecret.FixedTimeEquals(path.CommitSecret).ShouldBeTrue();
        keys.Nodes.Select(node => node.Value).Order().ShouldBe([3u, 4u]);

        // The new member has no ciphertext; the Welcome tells it the path secret of the node that it shares with the committer.
        using var newcomer = Keys(3, add);
        Expect.Refused(MlsError.PathNotForMe, () => TreeKem.Decrypt(tree, suite, sender, update, added, newcomer, context));
        using var joined = TreeKem.Join(tree, suite, new LeafIndex(3), Copy(add), sender, Secret.Copy(path.PathSecretFor(new LeafIndex(3)).Span));
        joined.Nodes.Select(node => node.Value).Order().ShouldBe([3u, 6u]);
        Expect.Refused(MlsError.PathKeyMismatch, () => TreeKem.Join(tree, suite, new LeafIndex(3), Copy(add), sender, Secret.Zero(32)));

        // Whoever holds the wrong context or a path that was swapped learns nothing.
        Expect.Refused(MlsError.HpkeOpenFailed, () => TreeKem.Decrypt(tree, suite, sender, update, added, member, Opaque.Empty));
        keys.Dispose();
        commitSecret.Dispose();
    }

    [Fact]
    public void A_path_secret_that_is_not_the_paths_is_found_out()
    {
        var group = ForgedGroup.Of(3);
        var (suite, sender) = (Client.Suite, new LeafIndex(0));
        var context = Opaque.Copy("context"u8);
        var tree = group.Public.Tree.Copy();
        using var none = new TreePrivateKeys(sender);
        using var path = OwnPath.Merge(tree, suite, sender, tree[sender]!, ForgedGroup.Id, group[0].Signer, none, TestRandom.Fill);
        var update = path.Encrypt(tree, new HashSet<LeafIndex>(), context, TestRandom.Fill);

        // To leaf 1 a ciphertext that opens, of a secret that is not the node's.
        var other = suite.EncryptWithLabel(tree[new LeafIndex(1)]!.EncryptionKey, Labels.UpdatePathNode, context.Span, new byte[32], TestRandom.Fill);
        var forged = update with { Nodes = update.Nodes.SetItem(0, update.Nodes[0] with { EncryptedPathSecret = [other] }) };
        using var member = Keys(1, group[1]);
        Expect.Refused(MlsError.PathKeyMismatch, () => TreeKem.Decrypt(tree, suite, sender, forged, new HashSet<LeafIndex>(), member, context));
    }

    private static TreePrivateKeys Keys(uint leaf, Client client)
    {
        var keys = new TreePrivateKeys(new LeafIndex(leaf));
        keys.Set(NodeIndex.Of(new LeafIndex(leaf)), Copy(client));
        return keys;
    }

    private static HpkeKeyPair Copy(Client client) =>
        new(client.KeyPackage.LeafNode.EncryptionKey, new HpkePrivateKey(Secret.Copy(client.Bundle.LeafKey.PrivateKey.Value.Span)));
}
