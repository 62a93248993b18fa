using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 9, 23, 25 and 26: commits and proposals from outside, and who may send them.</summary>
public sealed class ExternalFaults : IDisposable
{
    private readonly TestGroup _group = TestGroup.Of(TestGroup.Suite, capabilities => capabilities with { Proposals = [ProposalType.SelfRemove] }, "alice", "bob", "carol", "dave");
    private readonly Member _joiner = new(TestGroup.Suite, "erin") { Capabilities = Capabilities.Basic(TestGroup.Suite.Id) with { Proposals = [ProposalType.SelfRemove] } };

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    private Member Dave => _group[3];

    [Fact]
    [Fault(9)]
    [Fault(23)]
    public void An_external_commit_is_signed_by_the_key_in_its_path_and_has_no_membership_tag()
    {
        var good = new ForgedExternalCommit().By(_joiner, Alice);
        good.PublicMessage!.MembershipTag.ShouldBeNull();
        Refuses(MlsError.InvalidSignature, new ForgedExternalCommit { Signer = Carol.Signer });
        using var staged = Bob.Group.Process(TestGroup.OverTheWire(good));
        staged.Public.IsExternal.ShouldBeTrue();
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_without_its_external_init_or_with_two_is_refused()
    {
        Refuses(MlsError.MisplacedExternalInit, new ForgedExternalCommit { Proposals = _ => [] });
        Refuses(MlsError.MisplacedExternalInit, new ForgedExternalCommit { Proposals = init => [init, init] });
        Refuses(MlsError.MisplacedExternalInit, new ForgedExternalCommit { Proposals = _ => ByValue(new RemoveProposal(Dave.Group.OwnLeaf)) });
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_with_two_removes_is_refused() => Refuses(MlsError.InvalidExternalCommit, new ForgedExternalCommit
    {
        Proposals = init => [init, .. ByValue(new RemoveProposal(Dave.Group.OwnLeaf), new RemoveProposal(Carol.Group.OwnLeaf))],
    });

    [Fact]
    [Fault(23)]
    public void An_external_commit_with_any_other_proposal_is_refused()
    {
        using var bundle = _joiner.NewBundle();
        var update = Carol.Group.ProposeUpdate(new LeafChange(), FramingOptions.Default, TestRandom.Fill).Message.PublicMessage!;
        Proposal[] others =
        [
            new AddProposal(bundle.KeyPackage),
            ((ProposalBody)update.Content.Body).Proposal,
            new GroupContextExtensionsProposal(ExtensionList.Empty),
            new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty),
            new SelfRemoveProposal(),
        ];
        foreach (var other in others)
            Refuses(MlsError.InvalidExternalCommit, new ForgedExternalCommit { Proposals = init => [init, .. ByValue(other)] });
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_that_names_proposals_is_refused()
    {
        var remove = _group.Propose(Carol, new RemoveProposal(Dave.Group.OwnLeaf));
        var psk = _group.Propose(Carol, new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), ForgedGroup.Tag())));
        foreach (var reference in new[] { remove, psk })
            Refuses(MlsError.InvalidExternalCommit, new ForgedExternalCommit { Proposals = init => [init, new ProposalByReference(reference)] });
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_without_a_path_is_refused() => Refuses(MlsError.PathRequired, new ForgedExternalCommit { WithPath = false });

    [Fact]
    [Fault(23)]
    public void A_joiner_takes_the_leftmost_blank_leaf_after_its_remove()
    {
        var resync = new ForgedExternalCommit { Proposals = init => [init, .. ByValue(new RemoveProposal(Bob.Group.OwnLeaf))] };
        Refuses(MlsError.InvalidSignature, resync with { Place = _ => new LeafIndex(4) }, by: Carol);
        using var staged = Carol.Group.Process(resync.By(_joiner, Alice));
        staged.Public.Committer.ShouldBe(Bob.Group.OwnLeaf);
    }

    [Fact]
    [Fault(23)]
    public void A_joiners_leaf_takes_those_who_leave_into_account()
    {
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        using var staged = Carol.Group.Process(new ForgedExternalCommit { Proposals = init => [init, new ProposalByReference(leave)] }.By(_joiner, Alice));
        staged.Public.Committer.ShouldBe(Bob.Group.OwnLeaf);
        staged.Public.Removed.Single().Index.ShouldBe(Bob.Group.OwnLeaf);
    }

    [Fact]
    [Fault(23)]
    public void The_only_member_is_replaced_by_a_resync()
    {
        using var alone = TestGroup.Of(TestGroup.Suite, "alice");
        var commit = new ForgedExternalCommit { Proposals = init => [init, .. ByValue(new RemoveProposal(new LeafIndex(0)))] }.By(_joiner, alone[0]);
        var staged = alone.Observer.Stage(alone.Observer.Verify(commit.PublicMessage!));
        staged.Committer.ShouldBe(new LeafIndex(0));
        staged.NewTree.LeafCount.ShouldBe(1);
        using var processed = alone[0].Group.Process(commit);
        processed.RemovesMe.ShouldBeTrue();
    }

    [Fact]
    [Fault(23)]
    public void A_resync_that_keeps_the_old_encryption_key_is_refused()
    {
        var old = Carol.Group.Public.Tree[Dave.Group.OwnLeaf]!.EncryptionKey;
        Refuses(MlsError.PathKeyReused, new ForgedExternalCommit
        {
            Proposals = init => [init, .. ByValue(new RemoveProposal(Dave.Group.OwnLeaf))],
            Leaf = leaf => leaf with { EncryptionKey = old },
        });
    }

    [Fact]
    [Fault(23)]
    public void The_external_pub_of_another_epoch_does_not_lead_into_this_one()
    {
        using var old = Alice.Group.Secrets.ExternalKeyPair(TestGroup.Suite);
        _group.Commit(Alice);
        var commit = new ForgedExternalCommit().By(_joiner, Alice, old.PublicKey);
        Bob.Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(commit));
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_uses_the_external_init_secret_and_not_the_epochs() =>
        Refuses(MlsError.InvalidConfirmationTag, new ForgedExternalCommit { InitSecret = _ => Alice.Group.Secrets.Init.Duplicate() });

    [Fact]
    [Fault(23)]
    public void A_kem_output_that_is_no_point_is_refused_by_members_and_by_the_delivery_service()
    {
        var forgery = new ForgedExternalCommit { KemOutput = _ => Opaque.Copy(new byte[32]) };
        Refuses(MlsError.InvalidPublicKey, forgery);
        var message = forgery.By(_joiner, Alice).PublicMessage!;
        Expect.Refused(MlsError.InvalidPublicKey, () => _group.Observer.Stage(_group.Observer.Verify(message)), _group.Observer.Serialize);
    }

    [Fact]
    [Fault(23)]
    public void An_external_commit_is_processed_while_an_own_commit_is_pending()
    {
        using var pending = Bob.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var staged = Bob.Group.Process(new ForgedExternalCommit().By(_joiner, Alice));
        using var next = Bob.Group.Merge(staged);
        next.Epoch.ShouldBe(Bob.Group.Epoch.Next);
        Expect.Refused(MlsError.NoSuchPendingCommit, () => next.Merge(pending));
    }

    [Fact]
    [Fault(9)]
    public void An_external_proposal_is_judged_by_the_key_at_its_senders_index()
    {
        using var service = AllowSenders();
        var context = Alice.Group.Public.Context;
        var remove = new RemoveProposal(Dave.Group.OwnLeaf);
        var good = ExternalProposals.Propose(context, 1, service.Signer.PrivateKey, remove);
        good.PublicMessage!.MembershipTag.ShouldBeNull();
        Bob.Refuses(MlsError.InvalidSignature, bob => bob.Receive(ExternalProposals.Propose(context, 0, service.Signer.PrivateKey, remove)));
        Bob.Group.Receive(TestGroup.OverTheWire(good));
    }

    [Fact]
    [Fault(25)]
    public void External_senders_send_the_five_types_and_no_other()
    {
        using var service = AllowSenders();
        using var bundle = _joiner.NewBundle();
        var context = Alice.Group.Public.Context;
        Proposal[] allowed =
        [
            new AddProposal(bundle.KeyPackage),
            new RemoveProposal(Dave.Group.OwnLeaf),
            new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), ForgedGroup.Tag())),
            new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty),
            new GroupContextExtensionsProposal(ExtensionList.Empty),
        ];
        Proposal[] others = [new UpdateProposal(Carol.Group.Public.Tree[Carol.Group.OwnLeaf]!), new ExternalInitProposal(Client.FreshKey().Value), new SelfRemoveProposal()];
        foreach (var other in others)
            Bob.Refuses(MlsError.WrongSenderType, bob => bob.Receive(ExternalProposals.Propose(context, 1, service.Signer.PrivateKey, other)));
        foreach (var one in allowed)
            Bob.Group.Receive(ExternalProposals.Propose(context, 1, service.Signer.PrivateKey, one));
        Bob.Group.Proposals.Length.ShouldBe(allowed.Length);
    }

    [Fact]
    [Fault(25)]
    public void A_new_member_proposes_nothing_but_to_be_added()
    {
        using var bundle = _joiner.NewBundle();
        var context = Alice.Group.Public.Context;
        foreach (var other in new Proposal[] { new RemoveProposal(Dave.Group.OwnLeaf), new GroupContextExtensionsProposal(ExtensionList.Empty), new SelfRemoveProposal() })
            Bob.Refuses(MlsError.WrongSenderType, bob => bob.Receive(Framed(Sender.NewMemberProposal, new ProposalBody(other))));
        Bob.Refuses(MlsError.InvalidSignature, bob => bob.Receive(ExternalProposals.AddMe(context, bundle.KeyPackage, Carol.Signer.PrivateKey)));
        Bob.Group.Receive(ExternalProposals.AddMe(context, bundle.KeyPackage, _joiner.Signer.PrivateKey));
    }

    [Fact]
    [Fault(25)]
    public void Those_outside_send_no_commit_and_no_application_data()
    {
        using var service = AllowSenders();
        var bodies = new FramedBody[] { new CommitBody(new Commit([], null)), new ApplicationBody(Opaque.Copy("hello"u8)) };
        foreach (var sender in new[] { Sender.External(1), Sender.NewMemberProposal })
        {
            foreach (var body in bodies)
                Expect.Refused(MlsError.WrongSenderType, () => Bob.Group.Public.Verify(Framed(sender, body, service.Signer).PublicMessage!), Bob.State);
        }
        Expect.Refused(MlsError.WrongSenderType, () => Bob.Group.Public.Verify(Framed(Sender.NewMemberCommit, bodies[1]).PublicMessage!), Bob.State);
        Expect.Refused(MlsError.WrongSenderType, () => Bob.Group.Public.Verify(Framed(Sender.NewMemberCommit, new ProposalBody(new SelfRemoveProposal())).PublicMessage!), Bob.State);
    }

    [Theory]
    [Fault(25)]
    [InlineData(2u)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public void A_sender_index_that_names_nobody_is_refused(uint index)
    {
        using var service = AllowSenders();
        var context = Alice.Group.Public.Context;
        Bob.Refuses(MlsError.UnknownSender, bob => bob.Receive(ExternalProposals.Propose(context, index, service.Signer.PrivateKey, new RemoveProposal(Dave.Group.OwnLeaf))));
    }

    [Fact]
    [Fault(25)]
    public void Without_the_extension_there_is_no_external_sender()
    {
        var proposal = ExternalProposals.Propose(Alice.Group.Public.Context, 0, _joiner.Signer.PrivateKey, new RemoveProposal(Dave.Group.OwnLeaf));
        Bob.Refuses(MlsError.UnknownSender, bob => bob.Receive(proposal));
    }

    [Fact]
    [Fault(26)]
    public void External_senders_whose_credential_type_a_member_does_not_support_are_refused()
    {
        var group = ForgedGroup.Of(3);
        var basic = new ExternalSender(new Client("service").Signer.PublicKey, new BasicCredential(Opaque.Copy("service"u8)));
        group.Refuses(MlsError.CredentialTypeNotSupported, group.Commit(0, Allow(basic with { Credential = new X509Credential([]) })));
        group.Apply(group.Commit(0, Allow(basic)));
    }

    [Fact]
    [Fault(26)]
    public void External_senders_that_are_not_well_formed_are_refused()
    {
        var group = ForgedGroup.Of(3);
        var good = Tls.Encode(new ExternalSenders([])).Span.ToArray();
        group.Refuses(MlsError.InvalidExtension, group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.ExternalSenders, Opaque.Copy([.. good, 0]))))));
        group.Apply(group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.ExternalSenders, Opaque.Copy(good))))));
    }

    public void Dispose()
    {
        _joiner.Dispose();
        _group.Dispose();
    }

    private static ImmutableArray<ProposalOrRef> ByValue(params Proposal[] proposals) => ForgedCommit.ByValue(proposals);

    private static GroupContextExtensionsProposal Allow(params ExternalSender[] senders) =>
        new(new ExtensionList(new Extension(ExtensionType.ExternalSenders, Tls.Encode(new ExternalSenders([.. senders])))));

    // The group lets carol's key, and that of a service, send proposals from outside.
    private Member AllowSenders()
    {
        var service = new Member(TestGroup.Suite, "service");
        _group.Commit(Alice, Allow(new ExternalSender(Carol.Signer.PublicKey, Carol.Credential), new ExternalSender(service.Signer.PublicKey, service.Credential)));
        return service;
    }

    private MlsMessage Framed(Sender sender, FramedBody body, SignatureKeyPair? signer = null)
    {
        var context = Alice.Group.Public.Context;
        var content = new FramedContent(context.GroupId, context.Epoch, sender, Opaque.Empty, body);
        var signed = AuthenticatedContent.Sign(TestGroup.Suite, WireFormat.PublicMessage, content, context, (signer ?? _joiner.Signer).PrivateKey);
        if (body is CommitBody)
            signed = signed.WithConfirmationTag(ForgedGroup.Tag());
        return new MlsMessage(new PublicMessage(content, signed.Auth, null));
    }

    private void Refuses(MlsError error, ForgedExternalCommit commit, Member? by = null)
    {
        var message = commit.By(_joiner, Alice);
        (by ?? Bob).Refuses(error, member => member.Process(message));
    }
}
