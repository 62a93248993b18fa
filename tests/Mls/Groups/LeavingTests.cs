using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>draft-ietf-mls-extensions: SelfRemove.</summary>
public sealed class LeavingTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.Of(
        TestGroup.Suite, capabilities => capabilities with { Proposals = [ProposalType.SelfRemove] }, "alice", "bob", "carol");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    [Fault(15)]
    public void A_member_leaves_by_the_commit_of_another()
    {
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        using var pending = Alice.Group.Commit(new CommitRequest { References = [leave], ForcePath = false }, TestRandom.Fill);
        pending.Commit.PublicMessage.ShouldNotBeNull();
        using var bobs = Bob.Group.Process(pending.Commit);
        bobs.RemovesMe.ShouldBeTrue();
        _group.Members.Remove(Bob);
        _group.Deliver(Alice, pending);
        _group.ShouldAgree();
        _group.ShouldTalk();
        Alice.Group.Public.Tree[new LeafIndex(1)].ShouldBeNull();
    }

    [Fact]
    public void Nobody_commits_its_own_leaving()
    {
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        Bob.Refuses(MlsError.CommitterRemovesItself, state => state.Commit(new CommitRequest { References = [leave] }, TestRandom.Fill));
        Bob.Refuses(MlsError.CommitterRemovesItself, state => state.Commit(new CommitRequest { Proposals = [new SelfRemoveProposal()] }, TestRandom.Fill));
        Alice.Refuses(MlsError.DuplicateLeafProposal, state => state.Commit(
            new CommitRequest { References = [leave], Proposals = [new RemoveProposal(Bob.Group.OwnLeaf)] }, TestRandom.Fill));
    }

    [Fact]
    [Fault(19)]
    public void Who_does_not_support_leaving_must_not_be_made_to_process_it_unless_it_is_added_by_the_same_commit()
    {
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using (var pending = Alice.Group.Commit(new CommitRequest { References = [leave], Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill))
        using (var staged = Carol.Group.Process(pending.Commit))
            staged.Public.Added.Length.ShouldBe(1);

        _group.Add(Alice, true, "erin");
        leave = _group.Propose(Bob, new SelfRemoveProposal());
        Alice.Refuses(MlsError.UnsupportedProposal, state => state.Commit(new CommitRequest { References = [leave] }, TestRandom.Fill));
        Alice.Group.SelectProposals().ShouldBeEmpty();
    }

    public void Dispose() => _group.Dispose();
}
