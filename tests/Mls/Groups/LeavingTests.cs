using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
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
    public void A_wish_to_leave_is_sent_in_the_clear_so_that_a_joiner_can_commit_it()
    {
        var framing = new FramingOptions { WireFormat = WireFormat.PrivateMessage };
        var before = Bob.State();
        Should.Throw<ArgumentException>(() => Bob.Group.Propose(new SelfRemoveProposal(), framing, TestRandom.Fill));
        Bob.State().ShouldBe(before);

        var (group, context) = (Bob.Group, Bob.Group.Public.Context);
        var content = new FramedContent(context.GroupId, context.Epoch, Sender.Member(group.OwnLeaf), Opaque.Empty, new ProposalBody(new SelfRemoveProposal()));
        var signed = AuthenticatedContent.Sign(group.Suite, WireFormat.PrivateMessage, content, context, Bob.Signer.PrivateKey);
        var encrypted = HandshakeFraming.Protect(group, signed, framing, TestRandom.Fill);
        Alice.Refuses(MlsError.WrongWireFormat, state => state.Receive(encrypted));
    }

    [Fact]
    public void A_selection_prefers_a_members_own_wish_to_leave_to_its_removal_by_others()
    {
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        _group.Propose(Carol, new RemoveProposal(Bob.Group.OwnLeaf));
        Alice.Group.SelectProposals().ShouldBe([leave]);
    }

    [Fact]
    public void Who_joins_by_an_external_commit_commits_the_wishes_to_leave()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        var leave = Bob.Group.Propose(new SelfRemoveProposal(), FramingOptions.Default, TestRandom.Fill);
        var other = Carol.Group.Propose(new RemoveProposal(Alice.Group.OwnLeaf), FramingOptions.Default, TestRandom.Fill);
        _group.Receive(leave.Message);
        var groupInfo = Alice.Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true });
        var options = new ExternalJoinOptions { Credential = dave.Credential, Capabilities = Alice.Capabilities, Leaving = [TestGroup.OverTheWire(leave.Message)] };
        Expect.Refused(MlsError.InvalidExternalCommit, () => MlsGroup.JoinExternally(groupInfo, dave.Signer, options with { Leaving = [other.Message] }, TestRandom.Fill));
        var forged = leave.Message.PublicMessage! with { Auth = leave.Message.PublicMessage.Auth with { Signature = Forge.Flip(leave.Message.PublicMessage.Auth.Signature, 5) } };
        Expect.Refused(MlsError.InvalidSignature, () => MlsGroup.JoinExternally(groupInfo, dave.Signer, options with { Leaving = [forged] }, TestRandom.Fill));

        using var join = MlsGroup.JoinExternally(groupInfo, dave.Signer, options, TestRandom.Fill);
        using (var bobs = Bob.Group.Process(join.Commit))
            bobs.RemovesMe.ShouldBeTrue();
        _group.Members.Remove(Bob);
        _group.Deliver(dave, join);
        dave.Group.OwnLeaf.ShouldBe(new LeafIndex(1), "the leaf that bob left");
        _group.ShouldAgree();
        _group.ShouldTalk();
        _group.Members.Remove(dave);
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
