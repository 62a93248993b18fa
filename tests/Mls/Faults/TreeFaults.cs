using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 11 to 15: parent hashes, unmerged leaves, keys, and the shape of the tree.</summary>
public sealed class TreeFaults
{
    [Fact]
    [Fault(11)]
    public void Parent_hashes_stay_valid_when_leaves_are_added_below_the_sibling()
    {
        // Node 7's copath child is node 11: after the adds, leaves 5 and 6 are unmerged at 7, and 5 at 11, and 13 is blank.
        var group = ForgedGroup.Of(8, 4, 0);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(5)), new RemoveProposal(new LeafIndex(6))));
        group.Apply(group.Commit(4));
        group.Apply(group.Commit(0));
        group.Apply(group.CommitWithoutPath(1, group.Adds(2)));
        group.Public.Tree.Parent(new NodeIndex(7))!.UnmergedLeaves.ShouldBe([new LeafIndex(5), new LeafIndex(6)]);
        group.Public.Tree.Parent(new NodeIndex(11))!.UnmergedLeaves.ShouldBe([new LeafIndex(5), new LeafIndex(6)]);
        group.Public.Tree.Parent(new NodeIndex(13)).ShouldBeNull();
        Join(group, group.Public.Tree);
    }

    [Fact]
    [Fault(11)]
    public void Parent_hashes_stay_valid_through_blank_ancestors()
    {
        // The root is blank, and the filled nodes below it are the tops of chains of their own.
        var group = ForgedGroup.Of(8, 0, 7);
        group.Apply(group.CommitReferences(1, group.Propose(6, group.Update(6))));
        group.Apply(group.CommitReferences(0, group.Propose(1, group.Update(1)), group.Propose(2, group.Update(2))));
        group.Public.Tree.Parents.ShouldNotBeEmpty();
        Join(group, group.Public.Tree);
    }

    [Fact]
    [Fault(11)]
    public void A_forged_chain_behind_a_blank_root_is_found()
    {
        // Two chains that do not meet: the left one is right, the right one is not. The root is blank.
        var group = ForgedGroup.Of(8, 1, 6);
        var tree = group.Public.Tree.With(nodes => nodes[7] = null).With(nodes => nodes[3] = null).With(nodes => nodes[1] = null);
        tree.Parent(tree.Root).ShouldBeNull();
        Join(group, tree);
        foreach (var node in new uint[] { 11, 13 })
        {
            var forged = tree.WithParent(node, parent => parent with { EncryptionKey = Client.FreshKey() });
            Expect.Refused(MlsError.InvalidParentHash, () => Join(group, forged));
        }
    }

    [Fact]
    [Fault(11)]
    public void A_chain_that_begins_with_an_empty_parent_hash_is_refused()
    {
        var group = ForgedGroup.Of(4, 1);
        var leaf = group.Public.Tree[new LeafIndex(1)]! with { ParentHash = Opaque.Empty };
        var forged = group.Public.Tree.WithLeaf(1, _ => group[1].Sign(leaf, ForgedGroup.Id, new LeafIndex(1)));
        Expect.Refused(MlsError.InvalidParentHash, () => Join(group, forged));
    }

    [Fact]
    [Fault(11)]
    public void An_empty_left_subtree_below_the_root_is_joined_and_committed_in()
    {
        var group = ForgedGroup.Of(6, 5);
        group.Apply(group.Commit(5, [.. Enumerable.Range(0, 4).Select(leaf => new RemoveProposal(new LeafIndex((uint)leaf)))]));
        group.Public.Tree.Leaves.Select(leaf => leaf.Index.Value).ShouldBe([4u, 5u]);
        Join(group, group.Public.Tree, signer: 5);
        group.Apply(group.Commit(4));
        Join(group, group.Public.Tree, signer: 5);
        group.Apply(group.Commit(5, group.Adds(1))).Added.Single().Index.ShouldBe(new LeafIndex(0));
        Join(group, group.Public.Tree, signer: 5);
    }

    [Theory]
    [Fault(12)]
    [InlineData(7u, new uint[] { 6, 5 })]
    [InlineData(7u, new uint[] { 5, 5, 6 })]
    [InlineData(11u, new uint[] { 5 })]
    [InlineData(11u, new uint[] { 6 })]
    [InlineData(11u, new uint[] { })]
    [InlineData(3u, new uint[] { 5 })]
    [InlineData(7u, new uint[] { 5, 6, 8 })]
    [InlineData(7u, new uint[] { 5, 6, LeafIndex.Max })]
    public void Unmerged_leaves_out_of_order_repeated_outside_or_missing_between_are_refused(uint node, uint[] unmerged)
    {
        var group = ForgedGroup.Of(8, 4, 0);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(5)), new RemoveProposal(new LeafIndex(6))));
        group.Apply(group.Commit(4));
        group.Apply(group.Commit(0));
        group.Apply(group.CommitWithoutPath(1, group.Adds(2)));
        Join(group, group.Public.Tree);
        var forged = group.Public.Tree.WithParent(node, parent => parent with { UnmergedLeaves = [.. unmerged.Select(leaf => new LeafIndex(leaf))] });
        Expect.Refused(MlsError.InvalidUnmergedLeaves, () => Join(group, forged));
    }

    [Fact]
    [Fault(12)]
    public void A_blank_unmerged_leaf_is_refused()
    {
        var group = ForgedGroup.Of(7, 0);
        var forged = group.Public.Tree.WithParent(7, parent => parent with { UnmergedLeaves = [new LeafIndex(7)] });
        Expect.Refused(MlsError.InvalidUnmergedLeaves, () => Join(group, forged));
    }

    [Fact]
    [Fault(13)]
    public void A_parents_key_that_another_node_has_is_refused()
    {
        // The parent hashes are those of the path with the key: only where the key stands is wrong.
        var group = ForgedGroup.Of(8, 7);
        Refused(group, 1, 0, group.Public.Tree[new LeafIndex(5)]!.EncryptionKey);
        Refused(group, 1, 1, group.Public.Tree.Parent(new NodeIndex(13))!.EncryptionKey);
        Join(group, group.TreeWithKeys(1, keys => keys));

        static void Refused(ForgedGroup group, uint committer, int node, HpkePublicKey key)
        {
            var tree = group.TreeWithKeys(committer, keys => keys.SetItem(node, key));
            Expect.Refused(MlsError.DuplicateEncryptionKey, () => Join(group, tree));
        }
    }

    [Fact]
    [Fault(13)]
    public void A_leafs_keys_that_another_leaf_has_are_refused()
    {
        var group = ForgedGroup.Flat(4);
        var other = group.Public.Tree[new LeafIndex(2)]!;
        var sameKey = group.Public.Tree.WithLeaf(1, leaf => group[1].Sign(leaf with { EncryptionKey = other.EncryptionKey }, ForgedGroup.Id, new LeafIndex(1)));
        var sameSigner = group.Public.Tree.WithLeaf(1, leaf => group[2].Sign(leaf with { SignatureKey = other.SignatureKey }, ForgedGroup.Id, new LeafIndex(1)));
        Expect.Refused(MlsError.DuplicateEncryptionKey, () => Join(group, sameKey));
        Expect.Refused(MlsError.DuplicateSignatureKey, () => Join(group, sameSigner));
    }

    [Theory]
    [Fault(14)]
    [InlineData(0u)]
    [InlineData(9u)]
    [InlineData(19u)]
    public void Every_leaf_is_checked_on_joining(uint leaf)
    {
        var group = ForgedGroup.Flat(20);
        Refused(MlsError.InvalidSignature, found => found with { Signature = ForgedGroup.Tag() }, sign: false);
        Refused(MlsError.UnsupportedByLeaf, found => found with { Capabilities = found.Capabilities with { Credentials = [] } });
        Refused(MlsError.ExtensionNotAllowedHere, found => found with { Extensions = new ExtensionList(new Extension(ExtensionType.RatchetTree, Opaque.Empty)) });

        void Refused(MlsError error, Func<LeafNode, LeafNode> change, bool sign = true)
        {
            var index = new LeafIndex(leaf);
            var tree = group.Public.Tree.WithLeaf(leaf, found => sign ? group[leaf].Sign(change(found), ForgedGroup.Id, index) : change(found));
            Expect.Refused(error, () => Join(group, tree, signer: leaf == 0 ? 1u : 0u));
        }
    }

    [Fact]
    [Fault(14)]
    public void An_expired_member_does_not_block_joining_and_is_not_added()
    {
        var group = ForgedGroup.Of(3);
        var later = new LifetimePolicy { Now = Client.Now.AddYears(1), Maximum = TimeSpan.FromDays(90) };
        Join(group, group.Public.Tree);
        group.Refuses(MlsError.InvalidLifetime, group.Commit(0, group.Adds(1)), later);
    }

    [Fact]
    [Fault(15)]
    public void The_hash_of_a_leaf_that_was_blanked_is_made_anew()
    {
        var group = ForgedGroup.Of(5, 1);
        var before = group.Public.Tree.TreeHash(Client.Suite);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(2))));
        group.Public.Tree.TreeHash(Client.Suite).ShouldNotBe(before);
        Tls.Decode<RatchetTree>(Tls.Encode(group.Public.Tree)).TreeHash(Client.Suite).ShouldBe(group.Public.Context.TreeHash);
    }

    [Theory]
    [Fault(15)]
    [InlineData(9, 1, 8)]
    [InlineData(9, 5, 4)]
    [InlineData(5, 2, 3)]
    [InlineData(3, 2, 1)]
    public void A_tree_whose_right_half_was_removed_is_truncated(int members, int removed, int left)
    {
        var group = ForgedGroup.Of(members);
        group.Apply(group.Commit(0, [.. Enumerable.Range(members - removed, removed).Select(leaf => new RemoveProposal(new LeafIndex((uint)leaf)))]));
        group.Public.Tree.LeafCount.ShouldBe(TreeMath.PerfectSize(left));
        WireTree.Nodes(group.Public.Tree)[^1].ShouldNotBeNull("no blank node behind the last member");
        Join(group, group.Public.Tree);
    }

    [Fact]
    [Fault(15)]
    public void Blank_nodes_at_the_end_of_a_tree_are_refused()
    {
        var tree = ForgedGroup.Of(3).Public.Tree;
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes.AddRange([null, null])));
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes.Add(null)));
    }

    private static PublicGroup Join(ForgedGroup group, RatchetTree tree, uint signer = 0) => PublicGroup.FromGroupInfo(group.Info(tree, signer: signer), tree);
}
