using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 19, 27 to 30 and 33, as far as they are about encrypted handshakes, new signature keys and other proposal types.</summary>
public sealed class HandshakeFaults : IDisposable
{
    private static readonly FramingOptions Encrypted = new() { WireFormat = WireFormat.PrivateMessage };

    private readonly TestGroup _group = TestGroup.Of(TestGroup.Suite, capabilities => capabilities with { Proposals = [ProposalType.SelfRemove] }, "alice", "bob", "carol");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    [Fault(19)]
    public void A_proposal_type_need_not_be_known_to_who_is_added_or_removed_by_its_commit()
    {
        // Dave does not support SelfRemove: it can be used once dave is gone, and in the commits that remove or add dave.
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using (var adding = Alice.Group.Commit(new CommitRequest { References = [_group.Propose(Bob, new SelfRemoveProposal())], Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill))
            Carol.Group.Process(adding.Commit).Dispose();

        _group.Add(Alice, true, "erin");
        var leave = _group.Propose(Bob, new SelfRemoveProposal());
        var alone = new ForgedCommit { Proposals = [new ProposalByReference(leave)] };
        Carol.Refuses(MlsError.UnsupportedProposal, carol => carol.Process(alone.By(Alice)));
        var removing = alone with { Proposals = [new ProposalByReference(leave), new ProposalByValue(new RemoveProposal(_group[3].Group.OwnLeaf))] };
        Carol.Group.Process(removing.By(Alice)).Dispose();
    }

    [Fact]
    [Fault(27)]
    public void A_commit_with_a_new_signature_key_is_signed_by_the_old_one()
    {
        using var signer = TestGroup.Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        var commit = new ForgedCommit { Leaf = leaf => leaf with { SignatureKey = signer.PublicKey }, LeafSigner = signer };
        var byTheNew = commit with { Signer = signer };
        Bob.Refuses(MlsError.InvalidSignature, bob => bob.Process(byTheNew.By(Alice)));
        using var staged = Bob.Group.Process(commit.By(Alice));
        staged.Public.NewTree[Alice.Group.OwnLeaf]!.SignatureKey.ShouldBe(signer.PublicKey);
    }

    [Fact]
    [Fault(27)]
    public void The_group_info_of_a_commit_is_signed_by_the_new_key_and_keeps_its_external_pub()
    {
        using var signer = TestGroup.Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        using var dave = new Member(TestGroup.Suite, "dave") { Capabilities = Alice.Capabilities };
        using var bundle = dave.NewBundle();
        using var pending = Alice.Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)], Leaf = new LeafChange { Signer = signer }, GroupInfo = new GroupInfoOptions { ExternalPub = true } },
            TestRandom.Fill);
        using var joined = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions(), out var described);
        described.VerifySignature(TestGroup.Suite, signer.PublicKey);
        Expect.Refused(MlsError.InvalidSignature, () => described.VerifySignature(TestGroup.Suite, Alice.Signer.PublicKey));
        described.Extensions.Find(ExtensionType.ExternalPub).ShouldNotBeNull();
        using var external = joined.Secrets.ExternalKeyPair(TestGroup.Suite);
        described.Extensions.Find<ExternalPub>(ExtensionType.ExternalPub)!.PublicKey.ShouldBe(external.PublicKey);
    }

    [Theory]
    [Fault(28)]
    [InlineData(WireFormat.PublicMessage)]
    [InlineData(WireFormat.PrivateMessage)]
    public void Proposals_of_the_last_epoch_are_gone_whoever_sent_them(WireFormat wireFormat)
    {
        var framing = new FramingOptions { WireFormat = wireFormat };
        var remove = _group.Propose(Bob, new RemoveProposal(Carol.Group.OwnLeaf), framing);
        var update = _group.ProposeUpdate(Bob, framing: framing);
        _group.Commit(Alice);
        foreach (var member in _group.Members)
        {
            member.Group.Proposals.ShouldBeEmpty();
            member.Group.OwnUpdates.ShouldBeEmpty();
            member.Refuses(MlsError.UnknownProposalReference, state => state.Commit(new CommitRequest { References = [remove] }, TestRandom.Fill));
            member.Refuses(MlsError.UnknownProposalReference, state => state.Commit(new CommitRequest { References = [update] }, TestRandom.Fill));
        }
    }

    [Fact]
    [Fault(29)]
    [Fault(30)]
    public void An_encrypted_commit_that_is_refused_uses_no_key_up()
    {
        var forged = new ForgedCommit { Tag = tag => Forge.Flip(tag) }.EncryptedBy(Alice);
        Bob.Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(forged));
        var wrong = new ForgedCommit { PathContext = context => context with { Epoch = context.Epoch.Next } }.EncryptedBy(Alice);
        Bob.Refuses(MlsError.HpkeOpenFailed, bob => bob.Process(wrong));
        using var staged = Bob.Group.Process(new ForgedCommit().EncryptedBy(Alice));
        using var next = Bob.Group.Merge(staged);
        next.Epoch.ShouldBe(Bob.Group.Epoch.Next);
    }

    [Fact]
    [Fault(30)]
    public void An_encrypted_handshake_is_read_once_and_in_any_order()
    {
        var sent = Enumerable.Range(0, 4).Select(_ => Alice.Group.Propose(new RemoveProposal(Carol.Group.OwnLeaf), Encrypted, TestRandom.Fill).Message).ToArray();
        foreach (var at in new[] { 2, 0, 3, 1 })
            Bob.Group.Receive(TestGroup.OverTheWire(sent[at]));
        foreach (var message in sent)
            Bob.Refuses(MlsError.GenerationConsumed, bob => bob.Receive(message));

        // Handshakes and application data have ratchets of their own.
        Bob.Read(Alice.Send("first")).ShouldBe("first");
    }

    [Fact]
    [Fault(33)]
    public void An_own_encrypted_commit_that_comes_back_is_not_applied_twice()
    {
        using var pending = Alice.Group.Commit(new CommitRequest { Framing = Encrypted }, TestRandom.Fill);
        Alice.Refuses(MlsError.OwnMessage, alice => alice.Process(pending.Commit));
        using var next = Alice.Group.Merge(pending);
        Expect.Refused(MlsError.WrongEpoch, () => next.Process(pending.Commit));
    }

    public void Dispose() => _group.Dispose();
}
