using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>§12.1.8, §12.4.3.2: those outside: joining by an external commit, and proposing.</summary>
public sealed class ExternalTests : IDisposable
{
    private static readonly GroupInfoOptions ToJoin = new() { ExternalPub = true };

    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    public void A_new_member_with_a_members_key_is_added_only_in_that_members_place()
    {
        using var bundle = Bob.NewBundle();
        var add = _group.Receive(ExternalProposals.AddMe(Alice.Group.Public.Context, bundle.KeyPackage, Bob.Signer.PrivateKey));
        Alice.Group.SelectProposals().ShouldBeEmpty();
        Alice.Refuses(MlsError.DuplicateSignatureKey, state => state.Commit(new CommitRequest { References = [add] }, TestRandom.Fill));
        var remove = _group.Propose(Carol, new RemoveProposal(Bob.Group.OwnLeaf));
        Alice.Group.SelectProposals().ShouldBe([add, remove]);

        using var pending = Alice.Group.Commit(new CommitRequest { References = [add, remove] }, TestRandom.Fill);
        var bob = Bob;
        _group.Members.Remove(bob);
        _group.Deliver(Alice, pending);
        bob.Group = MlsGroup.Join(pending.Welcome!, bundle, bob.Signer, new JoinOptions());
        _group.Members.Add(bob);
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    public void The_only_member_comes_back_by_a_resync_and_adds_others()
    {
        using var group = TestGroup.Of(TestGroup.Suite, "alice");
        var alice = group[0];
        using var join = MlsGroup.JoinExternally(
            alice.Group.ExportGroupInfo(ToJoin), alice.Signer, Options(alice) with { Replaces = alice.Group.OwnLeaf }, TestRandom.Fill);
        group.Members.Clear();
        group.Deliver(alice, join);
        group.Add(alice, true, "bob", "carol");
        alice.Restart();
        group.Commit(group[1]);
        group.ShouldAgree();
        group.ShouldTalk();
    }

    [Fact]
    public void An_external_join_that_was_dropped_is_not_entered()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        var join = MlsGroup.JoinExternally(Bob.Group.ExportGroupInfo(ToJoin), dave.Signer, Options(dave), TestRandom.Fill);
        join.Dispose();
        Expect.Refused(MlsError.NoSuchPendingCommit, () => join.Enter());
        Expect.Refused(MlsError.NoSuchPendingCommit, () => join.Serialize());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_joins_by_its_own_commit(bool treeInside)
    {
        var groupInfo = TestGroup.OverTheWire(Bob.Group.ExportGroupInfo(ToJoin with { RatchetTree = treeInside }));
        var dave = new Member(TestGroup.Suite, "dave");
        using var join = MlsGroup.JoinExternally(
            groupInfo, dave.Signer, Options(dave) with { RatchetTree = treeInside ? null : Bob.Group.Public.Tree, GroupInfo = ToJoin }, TestRandom.Fill);
        using var stored = join.Serialize();
        using var restored = ExternalJoin.Deserialize(stored.Span, dave.Signer);
        _group.Deliver(dave, restored);
        _group.ShouldAgree();
        _group.ShouldTalk();
        _group.Commit(dave);
        _group.Commit(Alice);
        _group.ShouldAgree();
    }

    [Fact]
    [Fault(23)]
    public void A_client_joins_on_the_leftmost_free_leaf_with_a_psk()
    {
        _group.Remove(Alice, Bob);
        var dave = new Member(TestGroup.Suite, "dave");
        var psk = new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Copy(new byte[32]));
        FindPsk find = id => id == psk ? Secret.Copy("the key"u8) : null;
        var options = Options(dave) with { Psks = [psk], FindPsk = find, AuthenticatedData = Opaque.Copy("hello"u8) };
        using var join = MlsGroup.JoinExternally(Alice.Group.ExportGroupInfo(ToJoin), dave.Signer, options, TestRandom.Fill);
        Alice.Refuses(MlsError.UnknownPsk, state => state.Process(join.Commit));
        _group.Deliver(dave, join, find);
        dave.Group.OwnLeaf.ShouldBe(new LeafIndex(1));
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    public void A_member_that_lost_its_state_replaces_itself()
    {
        using var lost = Carol;
        var old = lost.Group.OwnLeaf;
        _group.Members.Remove(lost);
        var again = new Member(TestGroup.Suite, "carol") { Signer = lost.Signer };
        using var join = MlsGroup.JoinExternally(Alice.Group.ExportGroupInfo(ToJoin), again.Signer, Options(again) with { Replaces = old }, TestRandom.Fill);
        using var staged = lost.Group.Process(join.Commit);
        staged.RemovesMe.ShouldBeTrue();
        staged.Public.IsExternal.ShouldBeTrue();
        staged.Public.Committer.ShouldBe(old);
        _group.Deliver(again, join);
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    public void Entering_twice_under_one_signature_key_is_refused()
    {
        using var twin = new Member(TestGroup.Suite, "carol");
        Expect.Refused(MlsError.DuplicateSignatureKey, () => MlsGroup.JoinExternally(Alice.Group.ExportGroupInfo(ToJoin), Carol.Signer, Options(twin), TestRandom.Fill));
    }

    [Fact]
    public void Without_an_external_pub_nobody_joins_by_itself()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        Expect.Refused(MlsError.InvalidGroupInfo, () => MlsGroup.JoinExternally(Alice.Group.ExportGroupInfo(GroupInfoOptions.Default), dave.Signer, Options(dave), TestRandom.Fill));
    }

    [Fact]
    [Fault(23)]
    public void The_external_pub_of_a_commits_group_info_is_the_new_epochs()
    {
        using var pending = Alice.Group.Commit(new CommitRequest { GroupInfo = ToJoin }, TestRandom.Fill);
        var before = Alice.Group.ExportGroupInfo(ToJoin).Extensions.Find(ExtensionType.ExternalPub);
        _group.Deliver(Alice, pending);
        pending.GroupInfo.Extensions.Find(ExtensionType.ExternalPub).ShouldNotBe(before);
        pending.GroupInfo.Extensions.Find(ExtensionType.ExternalPub).ShouldBe(Bob.Group.ExportGroupInfo(ToJoin).Extensions.Find(ExtensionType.ExternalPub));
    }

    [Fact]
    public void A_client_proposes_itself_and_a_member_commits_that()
    {
        var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        var reference = _group.Receive(ExternalProposals.AddMe(Alice.Group.Public.Context, bundle.KeyPackage, dave.Signer.PrivateKey));
        using var pending = Bob.Group.Commit(new CommitRequest { References = [reference] }, TestRandom.Fill);
        _group.Deliver(Bob, pending);
        dave.Group = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
        _group.Members.Add(dave);
        _group.ShouldAgree();
    }

    [Fact]
    [Fault(9)]
    [Fault(25)]
    public void An_external_sender_proposes_and_a_member_commits_that()
    {
        using var service = new Member(TestGroup.Suite, "service");
        var senders = new ExternalSenders([new ExternalSender(Carol.Signer.PublicKey, Carol.Credential), new ExternalSender(service.Signer.PublicKey, service.Credential)]);
        _group.Commit(Alice, new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.ExternalSenders, Tls.Encode(senders)))));
        var context = Alice.Group.Public.Context;
        var reference = _group.Receive(ExternalProposals.Propose(context, 1, service.Signer.PrivateKey, new RemoveProposal(Carol.Group.OwnLeaf)));

        Bob.Refuses(MlsError.InvalidSignature, state => state.Receive(ExternalProposals.Propose(context, 0, service.Signer.PrivateKey, new RemoveProposal(new LeafIndex(2)))));
        Bob.Refuses(MlsError.UnknownSender, state => state.Receive(ExternalProposals.Propose(context, 2, service.Signer.PrivateKey, new RemoveProposal(new LeafIndex(2)))));
        Bob.Refuses(MlsError.WrongSenderType, state => state.Receive(ExternalProposals.Propose(context, 1, service.Signer.PrivateKey, new SelfRemoveProposal())));

        using var pending = Bob.Group.Commit(new CommitRequest { References = [reference] }, TestRandom.Fill);
        using var carol = Carol;
        _group.Members.Remove(carol);
        _group.Deliver(Bob, pending);
        _group.ShouldAgree();
    }

    public void Dispose() => _group.Dispose();

    private static ExternalJoinOptions Options(Member joiner) => new() { Credential = joiner.Credential, Capabilities = joiner.Capabilities };
}
