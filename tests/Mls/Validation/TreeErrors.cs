using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of the ratchet tree (§4, §7) and of paths in it (§7.5, §7.6, §12.4.2), alone.</summary>
public sealed class TreeErrors
{
    private readonly ForgedGroup _group = ForgedGroup.Of(4, 2);

    [Fact]
    [Fires(MlsError.IndexOutOfRange)]
    public void A_leaf_number_whose_node_number_does_not_fit()
    {
        Expect.FiresAlone(MlsError.IndexOutOfRange, () => Read(LeafIndex.Max + 1), () => Read(LeafIndex.Max));

        static void Read(uint leaf) => Tls.Decode<ParentNode>(Tls.Encode(new ParentNode(Client.FreshKey(), Opaque.Empty, [new LeafIndex(leaf)])));
    }

    [Fact]
    [Fires(MlsError.MalformedTree)]
    public void A_tree_that_ends_in_a_blank() =>
        Expect.FiresAlone(MlsError.MalformedTree, () => _group.Public.Tree.With(nodes => nodes.Add(null)), () => _group.Public.Tree.With(_ => { }));

    [Fact]
    [Fires(MlsError.InvalidUnmergedLeaves)]
    public void Unmerged_leaves_out_of_order()
    {
        // Two members were added under the root, which leaf 0 had set before.
        var group = ForgedGroup.Of(6, 0);
        group.Apply(group.CommitWithoutPath(1, group.Adds(2)));
        group.Public.Tree.Parent(group.Public.Tree.Root)!.UnmergedLeaves.ShouldBe([new LeafIndex(6), new LeafIndex(7)]);
        JoinAlone(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(7, root => root with { UnmergedLeaves = [new LeafIndex(7), new LeafIndex(6)] }));
    }

    [Fact]
    [Fires(MlsError.InvalidParentHash)]
    public void A_parent_key_that_no_member_signed() =>
        JoinAlone(MlsError.InvalidParentHash, _group, tree => tree.WithParent(5, parent => parent with { EncryptionKey = Client.FreshKey() }));

    [Fact]
    [Fires(MlsError.TreeHashMismatch)]
    public void A_tree_hash_that_is_not_the_trees()
    {
        var tree = _group.Public.Tree;
        Expect.FiresAlone(
            MlsError.TreeHashMismatch,
            () => PublicGroup.FromGroupInfo(_group.Info(context: context => context with { TreeHash = ForgedGroup.Tag() }), tree),
            () => PublicGroup.FromGroupInfo(_group.Info(), tree));
    }

    [Fact]
    [Fires(MlsError.WrongPathLength)]
    public void A_path_with_one_node_more() =>
        PathAlone(MlsError.WrongPathLength, _group.CommitWithPath(1, path => path with { Nodes = path.Nodes.Add(new UpdatePathNode(Client.FreshKey(), [])) }));

    [Fact]
    [Fires(MlsError.WrongPathCiphertextCount)]
    public void A_path_node_with_one_ciphertext_more() => PathAlone(MlsError.WrongPathCiphertextCount, _group.CommitWithPath(1, path => path with
    {
        Nodes = path.Nodes.SetItem(0, path.Nodes[0] with { EncryptedPathSecret = [.. path.Nodes[0].EncryptedPathSecret, .. path.Nodes[0].EncryptedPathSecret] }),
    }));

    [Fact]
    [Fires(MlsError.PathKeyReused)]
    public void A_path_with_a_key_that_is_in_the_tree()
    {
        // Parent hashes and the leaf's signature are those of the path with the key.
        var taken = _group.Public.Tree[new LeafIndex(3)]!.EncryptionKey;
        PathAlone(MlsError.PathKeyReused, _group.CommitWithKeys(1, keys => keys.SetItem(0, taken)), _group.CommitWithKeys(1, keys => keys.SetItem(0, Client.FreshKey())));
    }

    [Fact]
    [Fires(MlsError.PathKeyMismatch)]
    public void A_path_secret_that_does_not_lead_to_its_key()
    {
        using var group = TestGroup.OfThree();
        var forgery = new ForgedCommit { Keys = keys => keys.SetItem(0, Client.FreshKey()) }.By(group[0]);
        group[1].FiresAlone(MlsError.PathKeyMismatch, bob => bob.Process(forgery), bob => bob.Process(new ForgedCommit().By(group[0])).Dispose());
    }

    [Fact]
    [Fires(MlsError.HpkeOpenFailed)]
    public void A_path_secret_that_was_encrypted_in_another_context()
    {
        using var group = TestGroup.OfThree();
        var forgery = new ForgedCommit { PathContext = context => context with { Epoch = context.Epoch.Next } }.By(group[0]);
        group[1].FiresAlone(MlsError.HpkeOpenFailed, bob => bob.Process(forgery), bob => bob.Process(new ForgedCommit().By(group[0])).Dispose());
    }

    [Fact]
    [Fires(MlsError.PathNotForMe)]
    public void A_path_that_has_no_secret_for_this_leaf()
    {
        // A leaf that the same commit added has none; the members that were there have.
        var group = ForgedGroup.Flat(4);
        var add = new Client("added");
        var tree = group.Public.Tree.Copy();
        var (committer, added) = (new LeafIndex(0), tree.AddLeaf(add.KeyPackage.LeafNode));
        using var none = new TreePrivateKeys(committer);
        using var path = OwnPath.Merge(tree, Client.Suite, committer, tree[committer]!, ForgedGroup.Id, group[0].Signer, none, TestRandom.Fill);
        var update = path.Encrypt(tree, new HashSet<LeafIndex> { added }, Opaque.Empty, TestRandom.Fill);
        Expect.FiresAlone(MlsError.PathNotForMe, () => Decrypt(added, add), () => Decrypt(new LeafIndex(3), group[3]));

        void Decrypt(LeafIndex leaf, Client client)
        {
            using var keys = new TreePrivateKeys(leaf);
            keys.Set(NodeIndex.Of(leaf), new HpkeKeyPair(client.KeyPackage.LeafNode.EncryptionKey, new HpkePrivateKey(Secret.Copy(client.Bundle.LeafKey.PrivateKey.Value.Span))));
            var (known, commitSecret) = TreeKem.Decrypt(tree, Client.Suite, committer, update, new HashSet<LeafIndex> { added }, keys, Opaque.Empty);
            known.Dispose();
            commitSecret.Dispose();
        }
    }

    private void PathAlone(MlsError error, Framing.PublicMessage forgery, Framing.PublicMessage? control = null) =>
        _group.FiresAlone(error, forgery, control ?? _group.Commit(1));

    private static void JoinAlone(MlsError error, ForgedGroup group, Func<RatchetTree, RatchetTree> change)
    {
        var changed = change(group.Public.Tree);
        Expect.FiresAlone(error, () => PublicGroup.FromGroupInfo(group.Info(changed), changed), () => PublicGroup.FromGroupInfo(group.Info(), group.Public.Tree));
    }
}
