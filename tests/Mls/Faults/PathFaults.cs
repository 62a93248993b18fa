using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 20 to 22: new leaves, paths, and the secrets in them.</summary>
public sealed class PathFaults : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    [Fault(20)]
    public void An_update_that_keeps_its_encryption_key_is_refused()
    {
        var group = ForgedGroup.Of(3);
        var kept = group.Propose(1, group.Update(1, leaf => leaf with { EncryptionKey = group.Public.Tree[new LeafIndex(1)]!.EncryptionKey }));
        group.Refuses(MlsError.PathKeyReused, group.CommitReferences(0, kept));
    }

    [Theory]
    [Fault(20)]
    [InlineData(LeafNodeSource.KeyPackage)]
    [InlineData(LeafNodeSource.Commit)]
    public void An_update_whose_leaf_has_another_source_is_refused(LeafNodeSource source)
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.WrongLeafNodeSource, group.CommitReferences(0, group.Propose(1, group.Update(1, leaf => leaf with { Source = source }))));
    }

    [Theory]
    [Fault(20)]
    [InlineData(LeafNodeSource.KeyPackage)]
    [InlineData(LeafNodeSource.Update)]
    public void A_commit_whose_leaf_has_another_source_is_refused(LeafNodeSource source) =>
        Refuses(MlsError.WrongLeafNodeSource, new ForgedCommit { Leaf = leaf => leaf with { Source = source } });

    [Fact]
    [Fault(20)]
    public void A_commit_that_keeps_its_encryption_key_is_refused() => Refuses(
        MlsError.PathKeyReused, new ForgedCommit { Leaf = leaf => leaf with { EncryptionKey = Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!.EncryptionKey } });

    [Fact]
    [Fault(20)]
    public void A_path_with_a_key_of_the_new_tree_is_refused()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        var carols = Alice.Group.Public.Tree[_group[2].Group.OwnLeaf]!.EncryptionKey;
        Refuses(MlsError.PathKeyReused, new ForgedCommit { Keys = keys => keys.SetItem(0, carols) });
        Refuses(MlsError.PathKeyReused, new ForgedCommit { Keys = keys => keys.SetItem(1, keys[0]) });

        // Also when it comes into the tree by the same commit.
        Refuses(MlsError.PathKeyReused, new ForgedCommit
        {
            Proposals = ForgedCommit.ByValue(new AddProposal(bundle.KeyPackage)),
            Keys = keys => keys.SetItem(0, bundle.KeyPackage.LeafNode.EncryptionKey),
        });
    }

    [Fact]
    [Fault(20)]
    public void A_commits_leaf_that_lacks_what_the_same_commit_requires_is_refused()
    {
        const ExtensionType ours = (ExtensionType)0xf00d;
        var group = new ForgedGroup(creator: new Client("able", options => options with { Capabilities = options.Capabilities with { Extensions = [ours] } }));
        var required = new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([ours], [], [])))));
        var used = new GroupContextExtensionsProposal(new ExtensionList(new Extension(ours, Opaque.Empty)));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.CommitWithLeaf(0, Without, required));
        group.Refuses(MlsError.UnsupportedByLeaf, group.CommitWithLeaf(0, Without, used));
        group.Apply(group.Commit(0, required));

        static LeafNode Without(LeafNode leaf) => leaf with { Capabilities = leaf.Capabilities with { Extensions = [] } };
    }

    [Fact]
    [Fault(21)]
    public void Nodes_above_an_empty_copath_are_not_in_a_path()
    {
        // Leaf 4 of five: the three nodes above it have copath children 5, 13 and 3; the first two are empty.
        var group = ForgedGroup.Of(5);
        group.Apply(group.CommitWithPath(4, path =>
        {
            path.Nodes.Length.ShouldBe(1);
            return path;
        }));
        group.Refuses(MlsError.WrongPathLength, group.CommitWithPath(4, path => path with
        {
            Nodes = [new UpdatePathNode(Client.FreshKey(), []), new UpdatePathNode(Client.FreshKey(), []), .. path.Nodes],
        }));
    }

    [Fact]
    [Fault(21)]
    public void A_path_secret_for_a_leaf_that_the_commit_adds_is_refused()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        var add = ForgedCommit.ByValue(new AddProposal(bundle.KeyPackage));
        Refuses(MlsError.WrongPathCiphertextCount, new ForgedCommit { Proposals = add, Excluded = _ => new HashSet<LeafIndex>() });
        Accepts(new ForgedCommit { Proposals = add });
    }

    [Fact]
    [Fault(21)]
    public void Path_secrets_in_another_context_than_the_provisional_one_do_not_open()
    {
        var before = Alice.Group.Public.Context;
        Refuses(MlsError.HpkeOpenFailed, new ForgedCommit { PathContext = _ => before });
        Refuses(MlsError.HpkeOpenFailed, new ForgedCommit { PathContext = context => context with { Epoch = before.Epoch } });
        Refuses(MlsError.HpkeOpenFailed, new ForgedCommit { PathContext = context => context with { TreeHash = before.TreeHash } });
        Refuses(MlsError.HpkeOpenFailed, new ForgedCommit { PathContext = context => context with { ConfirmedTranscriptHash = TestGroup.Suite.Hash("the new one"u8) } });
        var extensions = new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], [])))));
        Refuses(MlsError.HpkeOpenFailed, new ForgedCommit { Proposals = ForgedCommit.ByValue(extensions), PathContext = context => context with { Extensions = before.Extensions } });
        Accepts(new ForgedCommit { Proposals = ForgedCommit.ByValue(extensions) });
    }

    [Fact]
    [Fault(22)]
    public void A_commit_secret_that_is_the_last_path_secret_itself_is_refused()
    {
        // One DeriveSecret(., "path") too many, as an implementation that counts blank nodes would make, and none.
        Refuses(MlsError.InvalidConfirmationTag, new ForgedCommit { CommitSecret = (suite, secret) => suite.DeriveSecret(secret, Labels.Path) });
        Refuses(MlsError.InvalidConfirmationTag, new ForgedCommit { CommitSecret = (suite, _) => Secret.Zero(suite.HashSize) });
        Accepts(new ForgedCommit());
    }

    [Fact]
    [Fault(22)]
    public void A_commit_without_a_path_has_the_zero_vector_for_its_secret()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        var add = new ForgedCommit { Proposals = ForgedCommit.ByValue(new AddProposal(bundle.KeyPackage)), WithPath = false };
        Refuses(MlsError.InvalidConfirmationTag, add with { CommitSecret = (suite, secret) => suite.DeriveSecret(secret, Labels.Path) });
        Refuses(MlsError.InvalidConfirmationTag, add with { CommitSecret = (_, _) => Secret.Zero(0) });
        Accepts(add);
    }

    [Fact]
    [Fault(22)]
    public void Members_far_apart_in_a_sparse_tree_agree()
    {
        using var group = TestGroup.Of(TestGroup.Suite, [.. Enumerable.Range(0, 17).Select(i => $"member {i}")]);
        foreach (var name in Enumerable.Range(0, 17).Except([1, 6, 11, 16]).Select(i => $"member {i}").Skip(1).ToArray())
        {
            using var gone = group.Members.Single(member => member.Name == name);
            group.Remove(group.Members.Single(member => member.Name == "member 6"), gone);
        }
        foreach (var committer in group.Members.ToArray())
        {
            group.Commit(committer);
            group.ShouldAgree();
        }
        group.ShouldTalk();
    }

    public void Dispose() => _group.Dispose();

    private void Refuses(MlsError error, ForgedCommit commit)
    {
        var message = commit.By(Alice);
        Bob.Refuses(error, bob => bob.Process(message));
    }

    private void Accepts(ForgedCommit commit)
    {
        using var staged = Bob.Group.Process(commit.By(Alice));
        staged.RemovesMe.ShouldBeFalse();
    }
}
