using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>Proposals that are sent on their own and named by a commit, in both framings.</summary>
public sealed class ByReferenceTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.Of(TestGroup.Suite, "alice", "bob", "carol", "dave");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    private Member Dave => _group[3];

    [Theory]
    [InlineData(WireFormat.PublicMessage)]
    [InlineData(WireFormat.PrivateMessage)]
    public void An_update_an_add_and_a_remove_are_committed_by_reference(WireFormat wireFormat)
    {
        var framing = new FramingOptions { WireFormat = wireFormat, PaddingTo = 400 };
        using var erin = new Member(TestGroup.Suite, "erin");
        using var bundle = erin.NewBundle();
        var before = Bob.Group.Public.Tree[Bob.Group.OwnLeaf]!.EncryptionKey;
        var references = ImmutableArray.Create(
            _group.ProposeUpdate(Bob, framing: framing),
            _group.Propose(Carol, new AddProposal(bundle.KeyPackage), framing),
            _group.Propose(Alice, new RemoveProposal(Dave.Group.OwnLeaf), framing));
        Alice.Group.Proposals.Select(kept => kept.Reference).ShouldBe(references);

        // What a PrivateMessage said, the observer cannot know: a commit that names it is encrypted, too.
        using var pending = Alice.Group.Commit(new CommitRequest { References = Alice.Group.SelectProposals(), Framing = framing }, TestRandom.Fill);
        using var daves = Dave.Group.Process(pending.Commit);
        daves.RemovesMe.ShouldBeTrue();
        _group.Members.Remove(Dave);
        Bob.Restart();
        _group.Deliver(Alice, pending);
        erin.Group = MlsGroup.Join(pending.Welcome!, bundle, erin.Signer, new JoinOptions());
        _group.Members.Add(erin);

        _group.ShouldAgree();
        _group.ShouldTalk();
        Bob.Group.Public.Tree[Bob.Group.OwnLeaf]!.EncryptionKey.ShouldNotBe(before);
        erin.Group.OwnLeaf.ShouldBe(new LeafIndex(3), "the leaf that the remove blanked");
        Alice.Group.Proposals.ShouldBeEmpty("they were of the last epoch");
        _group.Commit(Bob);
        _group.ShouldAgree();
    }

    [Fact]
    [Fault(27)]
    public void An_update_with_new_signature_keys_is_signed_with_them_from_then_on()
    {
        var signer = TestGroup.Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        var reference = _group.ProposeUpdate(Bob, new LeafChange { Signer = signer });
        var state = Bob.State();
        using (var epoch = Bob.Group.SerializeEpoch())
        using (var receiving = Bob.Group.SerializeReceiving())
        using (var sending = Bob.Group.SerializeSending())
        {
            Expect.Refused(MlsError.InvalidState, () => MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, Bob.Signer));
            Bob.Group = MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, Bob.Signer, signer);
        }
        Bob.State().ShouldBe(state);
        using var pending = Alice.Group.Commit(new CommitRequest { References = [reference] }, TestRandom.Fill);
        _group.Deliver(Alice, pending);
        _group.ShouldAgree();
        using (Bob.Signer)
            Bob.Signer = signer;
        Bob.Group.Public.Tree[Bob.Group.OwnLeaf]!.SignatureKey.ShouldBe(signer.PublicKey);
        Bob.Restart();
        _group.ShouldTalk();
        _group.Commit(Bob);
        _group.ShouldAgree();
    }

    [Fact]
    [Fault(27)]
    public void A_commit_with_new_signature_keys_is_signed_with_the_old_and_its_group_info_with_the_new()
    {
        var signer = TestGroup.Suite.GenerateSignatureKeyPair(TestRandom.Fill);
        using var erin = new Member(TestGroup.Suite, "erin");
        using var bundle = erin.NewBundle();
        using var pending = Alice.Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)], Leaf = new LeafChange { Signer = signer }, ForcePath = false }, TestRandom.Fill);
        using var stored = Alice.Group.SerializePending(pending);
        Alice.Refuses(MlsError.InvalidState, state => state.DeserializePending(stored.Span));
        using var restored = Alice.Group.DeserializePending(stored.Span, signer);
        _group.Deliver(Alice, restored);
        using (Alice.Signer)
            Alice.Signer = signer;
        erin.Group = MlsGroup.Join(pending.Welcome!, bundle, erin.Signer, new JoinOptions());
        _group.Members.Add(erin);
        Alice.Restart();
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    [Fault(18)]
    public void A_selection_prefers_a_remove_to_an_update_and_the_newest_update_to_older_ones()
    {
        _group.ProposeUpdate(Bob);
        var newest = _group.ProposeUpdate(Bob);
        _group.ProposeUpdate(Dave);
        var remove = _group.Propose(Carol, new RemoveProposal(Dave.Group.OwnLeaf));
        _group.Propose(Bob, new RemoveProposal(Alice.Group.OwnLeaf));
        _group.Propose(Bob, new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty));
        Alice.Group.SelectProposals().ShouldBe([newest, remove], "its own removal and a ReInit beside others are not for alice to commit");
        Bob.Group.SelectProposals().Length.ShouldBe(2, "both removes; the update is bob's own");
    }

    [Fact]
    public void A_selection_of_nothing_but_a_reinit_is_that()
    {
        var reInit = _group.Propose(Bob, new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty));
        Alice.Group.SelectProposals().ShouldBe([reInit]);
    }

    [Fact]
    public void A_selection_is_never_one_that_its_commit_refuses()
    {
        using var erin = new Member(TestGroup.Suite, "erin");
        using var bundle = erin.NewBundle();
        using var secret = Secret.Random(32, TestRandom.Fill);
        var (known, unknown) = (new ExternalPskId(Opaque.Copy("known"u8), ForgedGroup.Tag()), new ExternalPskId(Opaque.Copy("unknown"u8), ForgedGroup.Tag()));
        var psk = _group.Propose(Bob, new PreSharedKeyProposal(known));
        _group.Propose(Bob, new PreSharedKeyProposal(unknown));
        var add = _group.Propose(Bob, new AddProposal(bundle.KeyPackage));
        Secret? FindPsk(PreSharedKeyId id) => id == known ? Secret.Copy(secret.Span) : null;
        bool Accept(CredentialQuestion question) => question.Event != CredentialEvent.Add;

        Alice.Group.SelectProposals().ShouldBe([add], "no PSK is known");
        Alice.Group.SelectProposals(new ProcessOptions { FindPsk = FindPsk }).ShouldBe([psk, add]);
        var chosen = Alice.Group.SelectProposals(new ProcessOptions { FindPsk = FindPsk, Accept = Accept });
        chosen.ShouldBe([psk]);
        using var pending = Alice.Group.Commit(new CommitRequest { References = chosen, FindPsk = FindPsk, Accept = Accept }, TestRandom.Fill);
        _group.Deliver(Alice, pending, FindPsk);
        _group.ShouldAgree();
    }

    [Fact]
    public void What_is_framed_in_no_way_that_a_handshake_message_has_leaves_no_trace()
    {
        var framing = new FramingOptions { WireFormat = WireFormat.Welcome };
        var before = Alice.State();
        Should.Throw<ArgumentException>(() => Alice.Group.Propose(new RemoveProposal(Dave.Group.OwnLeaf), framing, TestRandom.Fill));
        Should.Throw<ArgumentException>(() => Alice.Group.ProposeUpdate(new LeafChange(), framing, TestRandom.Fill));
        Should.Throw<ArgumentException>(() => Alice.Group.Commit(new CommitRequest { Framing = framing }, TestRandom.Fill));
        Alice.State().ShouldBe(before);
        Alice.Group.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void An_own_proposal_that_comes_back_is_kept_once()
    {
        var open = Alice.Group.Propose(new RemoveProposal(Dave.Group.OwnLeaf), FramingOptions.Default, TestRandom.Fill);
        Alice.Group.Receive(open.Message).ShouldBe(open.Reference);
        Alice.Group.Proposals.Length.ShouldBe(1);
        var encrypted = Alice.Group.Propose(new RemoveProposal(Carol.Group.OwnLeaf), new FramingOptions { WireFormat = WireFormat.PrivateMessage }, TestRandom.Fill);
        Alice.Refuses(MlsError.OwnMessage, state => state.Receive(encrypted.Message));
    }

    [Fact]
    [Fault(30)]
    public void An_encrypted_proposal_or_commit_is_read_once_and_a_forged_one_changes_nothing()
    {
        var framing = new FramingOptions { WireFormat = WireFormat.PrivateMessage };
        var sent = Alice.Group.Propose(new RemoveProposal(Dave.Group.OwnLeaf), framing, TestRandom.Fill).Message.PrivateMessage!;
        Bob.Refuses(MlsError.DecryptionFailed, state => state.Receive(sent with { Ciphertext = Forge.Flip(sent.Ciphertext, 40) }));
        Bob.Refuses(MlsError.WrongWireFormat, state => state.Process(sent));
        Bob.Group.Receive(sent);
        Bob.Refuses(MlsError.GenerationConsumed, state => state.Receive(sent));

        using var pending = Alice.Group.Commit(new CommitRequest { Framing = framing }, TestRandom.Fill);
        var before = Bob.State();
        using (var dropped = Bob.Group.Process(pending.Commit))
            Bob.State().ShouldBe(before, "a commit that is not merged uses nothing up");
        using var staged = Bob.Group.Process(pending.Commit);
        using var next = Bob.Group.Merge(staged);
        Bob.Refuses(MlsError.GenerationConsumed, state => state.Process(pending.Commit));
    }

    [Fact]
    public void A_proposal_that_no_commit_could_hold_is_not_sent()
    {
        Alice.Refuses(MlsError.BlankLeafProposal, state => state.Propose(new RemoveProposal(new LeafIndex(7)), FramingOptions.Default, TestRandom.Fill));
        Should.Throw<ArgumentException>(() => Alice.Group.Propose(new UpdateProposal(Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!), FramingOptions.Default, TestRandom.Fill));
    }

    [Fact]
    public void A_commit_of_a_proposal_that_bob_never_saw_is_refused()
    {
        var unseen = Alice.Group.Propose(new RemoveProposal(Dave.Group.OwnLeaf), FramingOptions.Default, TestRandom.Fill);
        using var pending = Alice.Group.Commit(new CommitRequest { References = [unseen.Reference] }, TestRandom.Fill);
        Bob.Refuses(MlsError.UnknownProposalReference, state => state.Process(pending.Commit));
        Bob.Group.Receive(unseen.Message);
        using var staged = Bob.Group.Process(pending.Commit);
        staged.Public.Removed.Single().Index.ShouldBe(Dave.Group.OwnLeaf);
    }

    public void Dispose() => _group.Dispose();
}
