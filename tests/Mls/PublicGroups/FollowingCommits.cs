using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.PublicGroups;

/// <summary>What a public group accepts, and what it then says about the group.</summary>
public sealed class FollowingCommits
{
    private static readonly CipherSuite Suite = Client.Suite;

    [Fact]
    public void Adds_removes_and_empty_commits_are_followed_through_epochs()
    {
        var group = ForgedGroup.Of(6, 1, 4);
        group.Public.Epoch.ShouldBe(new Epoch(3));
        group.Public.Members.Count().ShouldBe(6);

        var joining = group.Admit(new Client("joining"));
        var gone = group.Public.Tree[new LeafIndex(2)]!;
        var staged = group.Apply(group.Commit(5, new AddProposal(joining.KeyPackage), new RemoveProposal(new LeafIndex(2))));

        // The remove comes first although it stands second: the new member gets the leaf that it blanked.
        staged.Added.ShouldBe([(new LeafIndex(2), joining.KeyPackage)]);
        staged.Removed.ShouldBe([(new LeafIndex(2), gone)]);
        staged.Committer.ShouldBe(new LeafIndex(5));
        staged.HasPath.ShouldBeTrue();
        staged.AuthenticatedData.ShouldBe(Opaque.Copy("aad"u8));
        group.Public.Context.TreeHash.ShouldBe(group.Public.Tree.TreeHash(Suite));
        TreeValidation.CheckAll(group.Public.Tree, Suite, ForgedGroup.Id, ExtensionList.Empty, LifetimePolicy.Unchecked);
    }

    [Fact]
    public void An_add_needs_no_path_and_leaves_the_new_leaf_unmerged()
    {
        var group = ForgedGroup.Of(3, 0);
        group.Apply(group.CommitWithoutPath(1, group.Adds(1))).HasPath.ShouldBeFalse();
        group.Public.Tree.Parent(group.Public.Tree.Root)!.UnmergedLeaves.ShouldBe([new LeafIndex(3)]);
        group.Apply(group.Commit(3));
        group.Public.Tree.Parent(group.Public.Tree.Root)!.UnmergedLeaves.ShouldBeEmpty();
    }

    [Fact]
    [Fault(15)]
    public void Removing_the_right_half_truncates_the_tree()
    {
        var group = ForgedGroup.Of(5, 4);
        group.Public.Tree.LeafCount.ShouldBe(8);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(4))));
        group.Public.Tree.LeafCount.ShouldBe(4);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(1)), new RemoveProposal(new LeafIndex(2)), new RemoveProposal(new LeafIndex(3))));
        group.Public.Tree.LeafCount.ShouldBe(1);
        group.Apply(group.Commit(0, group.Adds(2)));
        group.Public.Members.Count().ShouldBe(3);
    }

    [Fact]
    [Fault(8)]
    public void An_update_of_the_member_at_leaf_zero_is_committed_by_another()
    {
        var group = ForgedGroup.Of(4, 0);
        var update = group.Update(0);
        var reference = group.Propose(0, update);
        var staged = group.Apply(group.CommitReferences(3, reference));
        staged.Updated.ShouldBe([(new LeafIndex(0), update.LeafNode)]);
        group.Public.Tree[new LeafIndex(0)].ShouldBe(update.LeafNode);
    }

    [Fact]
    public void A_member_may_be_removed_and_added_again_in_one_commit()
    {
        var group = ForgedGroup.Of(4);
        var client = group[2];
        var again = group.Admit(new Client("again", signer: client.Signer));
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(2)), new AddProposal(again.KeyPackage)));
        group.Public.Tree[new LeafIndex(2)].ShouldBe(again.KeyPackage.LeafNode);
    }

    [Fact]
    public void Extensions_of_the_group_are_replaced_as_a_whole()
    {
        var group = ForgedGroup.Of(2);
        var required = new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], [Credentials.CredentialType.Basic])));
        group.Apply(group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(required))));
        group.Public.Context.Extensions.ShouldBe(new ExtensionList(required));
        group.Apply(group.Commit(1, new GroupContextExtensionsProposal(ExtensionList.Empty)));
        group.Public.Context.Extensions.ShouldBe(ExtensionList.Empty);
    }

    [Fact]
    public void The_state_survives_serialisation_with_the_proposals_that_were_kept()
    {
        var group = ForgedGroup.Of(5, 3);
        var reference = group.Propose(1, new RemoveProposal(new LeafIndex(4)));
        var commit = group.CommitReferences(2, reference);
        var restored = PublicGroup.Deserialize(group.Public.Serialize().Span);
        restored.Serialize().ShouldBe(group.Public.Serialize());

        restored.Merge(restored.Stage(restored.Verify(commit)));
        group.Apply(commit);
        restored.Serialize().ShouldBe(group.Public.Serialize());
    }

    [Fact]
    public void A_commit_that_is_staged_but_not_merged_changes_nothing()
    {
        var group = ForgedGroup.Of(4, 1);
        var before = group.Public.Serialize();
        var staged = group.Public.Stage(group.Public.Verify(group.Commit(2, new RemoveProposal(new LeafIndex(3)))));
        group.Public.Serialize().ShouldBe(before);
        staged.NewContext.Epoch.ShouldBe(group.Public.Epoch.Next);
        staged.NewTree.ShouldNotBeSameAs(group.Public.Tree);
    }

    [Fact]
    public void A_commit_is_merged_once()
    {
        var group = ForgedGroup.Of(3);
        var staged = group.Apply(group.Commit(1));
        var before = group.Public.Serialize();
        Expect.Refused(MlsError.NoSuchPendingCommit, () => group.Public.Merge(staged));
        group.Public.Serialize().ShouldBe(before);
    }

    [Fact]
    public void Lifetimes_are_checked_where_the_policy_says_so()
    {
        var group = ForgedGroup.Of(2);
        var expired = group.Admit(new Client("expired", options => options with { Lifetime = Lifetime.Between(Client.Now.AddDays(-9), Client.Now.AddDays(-8)) }));
        var commit = group.Commit(0, new AddProposal(expired.KeyPackage));
        group.Refuses(MlsError.InvalidLifetime, commit, new LifetimePolicy { Now = Client.Now });
        group.Refuses(MlsError.InvalidLifetime, commit, new LifetimePolicy { Maximum = TimeSpan.FromHours(23) });

        // A member that follows what the Delivery Service accepted looks at the length alone.
        group.Public.Stage(group.Public.Verify(commit), new LifetimePolicy { Maximum = TimeSpan.FromDays(90) }).Added.Length.ShouldBe(1);
    }
}
