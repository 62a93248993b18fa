using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tests.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Tree;

/// <summary>
/// §12.4.3.1, §7.9.2: trees that nobody may join. Each is a valid tree with one change; leaves are signed again where
/// the change touches them, and the GroupInfo is signed over the changed tree's hash, so that the rule itself is what fires.
/// </summary>
public sealed class JoiningATree
{
    private static readonly CipherSuite Suite = Client.Suite;

    [Fact]
    public void Valid_trees_are_joined()
    {
        foreach (var group in new[] { ForgedGroup.Of(1), ForgedGroup.Of(2), ForgedGroup.Of(7, 0, 6, 3), WithUnmerged() })
            Join(group, group.Public.Tree).Tree.TreeHash(Suite).ShouldBe(group.Public.Context.TreeHash);
    }

    [Fact]
    public void The_tree_hash_is_the_group_contexts()
    {
        var group = ForgedGroup.Of(4, 0);
        var info = Info(group, group.Public.Context with { TreeHash = ForgedGroup.Tag() });
        Expect.Refused(MlsError.TreeHashMismatch, () => PublicGroup.FromGroupInfo(info, group.Public.Tree));
    }

    [Fact]
    public void A_group_info_without_a_tree_needs_one_from_elsewhere()
    {
        var group = ForgedGroup.Of(4, 0);
        Expect.Refused(MlsError.RatchetTreeMissing, () => PublicGroup.FromGroupInfo(Info(group, group.Public.Context)));

        var extension = new ExtensionList(new Extension(ExtensionType.RatchetTree, Tls.Encode(group.Public.Tree)));
        PublicGroup.FromGroupInfo(Info(group, group.Public.Context, extension)).Members.Count().ShouldBe(4);
        var damaged = new ExtensionList(new Extension(ExtensionType.RatchetTree, Opaque.Copy([.. Tls.Encode(group.Public.Tree).Span, 0])));
        Expect.Refused(MlsError.InvalidExtension, () => PublicGroup.FromGroupInfo(Info(group, group.Public.Context, damaged)));
    }

    [Fact]
    public void The_signer_of_a_group_info_is_a_member_and_signed_it()
    {
        var group = ForgedGroup.Of(4, 0);
        var (context, tree) = (group.Public.Context, group.Public.Tree);
        var good = Info(group, context);
        Expect.Refused(MlsError.InvalidSignature, () => PublicGroup.FromGroupInfo(good with { Signer = new LeafIndex(1) }, tree));
        Expect.Refused(MlsError.InvalidSignature, () => PublicGroup.FromGroupInfo(good with { Signature = Opaque.Empty }, tree));
        Expect.Refused(MlsError.InvalidGroupInfo, () => PublicGroup.FromGroupInfo(good with { Signer = new LeafIndex(4) }, tree));
        var shortTag = GroupInfo.Sign(Suite, context, ExtensionList.Empty, Opaque.Copy([1]), new LeafIndex(0), group[0].Signer.PrivateKey);
        Expect.Refused(MlsError.InvalidConfirmationTag, () => PublicGroup.FromGroupInfo(shortTag, tree));
    }

    [Fact]
    [Fault(12)]
    public void Unmerged_leaves_are_sorted_and_unique()
    {
        var group = WithUnmerged();
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(7, parent => parent with { UnmergedLeaves = [new LeafIndex(5), new LeafIndex(4)] }));
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(7, parent => parent with { UnmergedLeaves = [new LeafIndex(4), new LeafIndex(4)] }));
    }

    [Fact]
    [Fault(12)]
    public void Unmerged_leaves_are_filled_leaves_below_their_node()
    {
        var group = WithUnmerged();
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(7, parent => parent with { UnmergedLeaves = [.. parent.UnmergedLeaves, new LeafIndex(7)] }));
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(3, parent => parent with { UnmergedLeaves = [new LeafIndex(5)] }));
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(3, parent => parent with { UnmergedLeaves = [new LeafIndex(4000)] }));
    }

    [Fact]
    [Fault(12)]
    public void Unmerged_leaves_are_listed_by_every_filled_node_between()
    {
        // Leaf 5 is unmerged at nodes 7 and 11: the lower one forgets it.
        var group = WithUnmerged();
        group.Public.Tree.Parent(new NodeIndex(11))!.UnmergedLeaves.ShouldBe([new LeafIndex(5)]);
        Refused(MlsError.InvalidUnmergedLeaves, group, tree => tree.WithParent(11, parent => parent with { UnmergedLeaves = [] }));
    }

    [Fact]
    public void A_link_needs_the_unmerged_leaves_below_to_be_those_of_the_resolution()
    {
        // §7.9.2's third condition by itself: node 11 links node 7, whose hash does not cover node 11's unmerged leaves.
        var tree = WithUnmerged().Public.Tree;
        tree.IsParentHashValid(Suite, new NodeIndex(7)).ShouldBeTrue();
        tree.WithParent(11, parent => parent with { UnmergedLeaves = [] }).IsParentHashValid(Suite, new NodeIndex(7)).ShouldBeFalse();
    }

    [Fact]
    public void Unmerged_leaves_that_nobody_added_break_the_parent_hash()
    {
        var group = ForgedGroup.Of(6, 0);
        Refused(MlsError.InvalidParentHash, group, tree => tree.WithParent(7, parent => parent with { UnmergedLeaves = [new LeafIndex(5)] }));
        Refused(MlsError.InvalidParentHash, WithUnmerged(), tree => tree.WithParent(7, parent => parent with { UnmergedLeaves = [] }));
    }

    [Fact]
    [Fault(11)]
    public void Every_filled_parent_was_set_by_a_member()
    {
        var group = ForgedGroup.Of(8, 0, 5);
        foreach (var node in new uint[] { 1, 3, 7, 9, 11 })
        {
            Refused(MlsError.InvalidParentHash, group, tree => tree.WithParent(node, parent => parent with { EncryptionKey = Client.FreshKey() }));
            Refused(MlsError.InvalidParentHash, group, tree => tree.WithParent(node, parent => parent with { ParentHash = ForgedGroup.Tag() }));
        }

        // A parent that nobody set, at a place that is blank, beside valid chains.
        Refused(MlsError.InvalidParentHash, group, tree => tree.With(nodes => nodes[5] = new Node(null, new ParentNode(Client.FreshKey(), Opaque.Empty, []))));
        Refused(MlsError.InvalidParentHash, group, tree => tree.With(nodes => nodes[13] = new Node(null, new ParentNode(Client.FreshKey(), Opaque.Empty, []))));
    }

    [Fact]
    [Fault(11)]
    public void An_empty_parent_hash_links_nothing()
    {
        var group = ForgedGroup.Of(4, 1);
        Refused(MlsError.InvalidParentHash, group, tree => tree.WithLeaf(1, leaf => Resign(group, 1, leaf with { ParentHash = Opaque.Empty })));
        Refused(MlsError.InvalidParentHash, group, tree => tree.WithParent(1, parent => parent with { ParentHash = Opaque.Empty }));
    }

    [Fact]
    public void A_leaf_that_no_commit_set_links_nothing()
    {
        var group = ForgedGroup.Of(4, 1);
        Refused(MlsError.InvalidParentHash, group, tree => tree.WithLeaf(1, leaf => Resign(group, 1, leaf with { Source = LeafNodeSource.Update })));
    }

    [Fact]
    [Fault(11)]
    public void A_changed_sibling_breaks_the_link()
    {
        var group = ForgedGroup.Of(4, 1);
        Refused(MlsError.InvalidParentHash, group, tree => tree.WithLeaf(2, leaf => Resign(group, 2, leaf with { Credential = new BasicCredential(Opaque.Copy("somebody"u8)) })));
        Refused(MlsError.InvalidParentHash, group, tree => tree.With(nodes => nodes[4] = null));
    }

    [Fact]
    [Fault(13)]
    public void No_key_is_in_the_tree_twice()
    {
        var group = ForgedGroup.Of(4);
        Refused(MlsError.DuplicateEncryptionKey, group, tree => tree.WithLeaf(1, leaf => Resign(group, 1, leaf with { EncryptionKey = tree[new LeafIndex(2)]!.EncryptionKey })));
        Refused(MlsError.DuplicateSignatureKey, group, tree => tree.WithLeaf(1, leaf => Resign(group, 1, leaf with { SignatureKey = tree[new LeafIndex(2)]!.SignatureKey }, by: 2)));

        var committed = ForgedGroup.Of(4, 1);
        Refused(MlsError.DuplicateEncryptionKey, committed, tree => tree.WithParent(1, parent => parent with { EncryptionKey = tree[new LeafIndex(3)]!.EncryptionKey }));
        Refused(MlsError.DuplicateEncryptionKey, committed, tree => tree.WithParent(1, parent => parent with { EncryptionKey = tree.Parent(new NodeIndex(3))!.EncryptionKey }));
    }

    [Theory]
    [Fault(14)]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(20u)]
    public void Every_leaf_is_signed_for_its_place(uint changed)
    {
        var group = ForgedGroup.Flat(24);
        Refused(MlsError.InvalidSignature, group, tree => tree.WithLeaf(changed, leaf => leaf with { Signature = ForgedGroup.Tag() }));
        Refused(MlsError.InvalidSignature, group, tree => tree.WithLeaf(changed, leaf => leaf with { Credential = new BasicCredential(Opaque.Copy("somebody"u8)) }), signer: 1);
    }

    [Fact]
    [Fault(5)]
    public void An_updated_leaf_is_not_moved_to_another_place()
    {
        var group = ForgedGroup.Of(4);
        group.Apply(group.CommitReferences(0, group.Propose(1, group.Update(1))));
        Refused(MlsError.InvalidSignature, group, tree => tree.With(nodes =>
        {
            (nodes[2], nodes[4]) = (nodes[4], nodes[2]);
            for (var parent = 1; parent < nodes.Count; parent += 2)
                nodes[parent] = null;
        }));
    }

    [Fact]
    [Fault(14)]
    public void Every_leaf_supports_itself_the_group_and_the_others()
    {
        var group = ForgedGroup.Of(4);
        Refused(MlsError.UnsupportedByLeaf, group, Change(leaf => leaf with { Capabilities = leaf.Capabilities with { Versions = [] } }));
        Refused(MlsError.UnsupportedByLeaf, group, Change(leaf => leaf with { Capabilities = leaf.Capabilities with { CipherSuites = [(CipherSuiteId)7] } }));
        Refused(MlsError.UnsupportedByLeaf, group, Change(leaf => leaf with { Capabilities = leaf.Capabilities with { Credentials = [] } }));
        Refused(MlsError.UnsupportedByLeaf, group, Change(leaf => leaf with { Extensions = new ExtensionList(new Extension((ExtensionType)0xf00d, Opaque.Empty)) }));
        Refused(MlsError.CredentialTypeNotSupported, group, Change(leaf => leaf with { Credential = new X509Credential([]), Capabilities = leaf.Capabilities with { Credentials = [CredentialType.X509] } }));

        var required = new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([(ExtensionType)0xf00d], [], []))));
        Expect.Refused(MlsError.RequiredCapabilityMissing, () => PublicGroup.FromGroupInfo(Info(group, group.Public.Context with { Extensions = required }), group.Public.Tree));
        var unsupported = new ExtensionList(new Extension((ExtensionType)0xf00d, Opaque.Empty));
        Expect.Refused(MlsError.UnsupportedByLeaf, () => PublicGroup.FromGroupInfo(Info(group, group.Public.Context with { Extensions = unsupported }), group.Public.Tree));

        Func<RatchetTree, RatchetTree> Change(Func<LeafNode, LeafNode> change) => tree => tree.WithLeaf(3, leaf => Resign(group, 3, change(leaf)));
    }

    [Fact]
    public void Keys_of_no_point_are_refused_in_leaves_and_parents()
    {
        var zero = new HpkePublicKey(Opaque.Copy(new byte[32]));
        var group = ForgedGroup.Flat(4);
        Refused(MlsError.InvalidPublicKey, group, tree => tree.WithLeaf(3, leaf => Resign(group, 3, leaf with { EncryptionKey = zero })));

        // A member may have put such a key on its path, with parent hashes that are right.
        var committed = ForgedGroup.Flat(2);
        var path = committed.Public.Tree.Copy();
        path.MergePath(Suite, new LeafIndex(0), path.FilteredDirectPath(new LeafIndex(0)), [zero], hash => Resign(committed, 0, path[new LeafIndex(0)]! with { Source = LeafNodeSource.Commit, ParentHash = hash }));
        Refused(MlsError.InvalidPublicKey, committed, _ => path);
    }

    [Fact]
    [Fault(14)]
    public void Expired_leaves_do_not_block_joining_unless_the_policy_says_so()
    {
        var group = ForgedGroup.Of(3);
        var late = new LifetimePolicy { Now = Client.Now.AddYears(1) };
        var info = Info(group, group.Public.Context);
        PublicGroup.FromGroupInfo(info, group.Public.Tree).Members.Count().ShouldBe(3);
        PublicGroup.FromGroupInfo(info, group.Public.Tree, new LifetimePolicy { Now = Client.Now }).Members.Count().ShouldBe(3);
        Expect.Refused(MlsError.InvalidLifetime, () => PublicGroup.FromGroupInfo(info, group.Public.Tree, late));
    }

    // Eight leaves, seven members: leaf 4 has committed, then leaf 5 was added without a path, where one had been removed.
    private static ForgedGroup WithUnmerged()
    {
        var group = ForgedGroup.Of(7);
        group.Apply(group.Commit(4, new RemoveProposal(new LeafIndex(5))));
        group.Apply(group.Commit(0));
        group.Apply(group.Commit(4));
        group.Apply(group.CommitWithoutPath(1, group.Adds(1)));
        return group;
    }

    private static void Refused(MlsError error, ForgedGroup group, Func<RatchetTree, RatchetTree> change, uint signer = 0)
    {
        var changed = change(group.Public.Tree);
        Expect.Refused(error, () => Join(group, changed, signer));
    }

    private static PublicGroup Join(ForgedGroup group, RatchetTree tree, uint signer = 0) =>
        PublicGroup.FromGroupInfo(Info(group, group.Public.Context with { TreeHash = tree.TreeHash(Suite) }, signer: signer), tree);

    private static GroupInfo Info(ForgedGroup group, GroupContext context, ExtensionList? extensions = null, uint signer = 0) =>
        GroupInfo.Sign(Suite, context, extensions ?? ExtensionList.Empty, group.Public.ConfirmationTag, new LeafIndex(signer), group[signer].Signer.PrivateKey);

    private static LeafNode Resign(ForgedGroup group, uint index, LeafNode leaf, uint? by = null) => group[by ?? index].Sign(leaf, ForgedGroup.Id, new LeafIndex(index));
}
