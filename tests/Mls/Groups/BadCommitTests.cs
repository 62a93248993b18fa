using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>Commits by alice that bob must refuse, each with its error and without a trace in bob's state.</summary>
public sealed class BadCommitTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly PendingCommit _pending;

    public BadCommitTests() => _pending = Alice.Group.Commit(new CommitRequest { Framing = new FramingOptions { AuthenticatedData = Opaque.Copy("data"u8) } }, TestRandom.Fill);

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    private PublicMessage Commit => _pending.Commit.PublicMessage!;

    [Fact]
    public void The_commit_that_the_others_are_made_of_is_good()
    {
        // Signed anew without a change it is as good as it was: what the other tests change is what is refused.
        using var staged = Bob.Group.Process(Forge.Retag(Alice, Commit));
        staged.Public.Committer.ShouldBe(Alice.Group.OwnLeaf);
        staged.Public.AuthenticatedData.ShouldBe(Opaque.Copy("data"u8));
        using var next = Bob.Group.Merge(staged);
        next.Epoch.ShouldBe(new Epoch(2));
    }

    [Fact]
    public void Of_another_group_or_epoch()
    {
        BobRefuses(MlsError.WrongGroup, Forge.Resign(Alice, Commit, (FramedContent content) => content with { GroupId = Opaque.Copy("b group"u8) }));
        BobRefuses(MlsError.WrongGroup, Forge.Resign(Alice, Commit, (FramedContent content) => content with { GroupId = Opaque.Empty }));
        BobRefuses(MlsError.WrongEpoch, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Epoch = new Epoch(0) }));
        BobRefuses(MlsError.WrongEpoch, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Epoch = new Epoch(ulong.MaxValue) }));
    }

    [Fact]
    public void Replayed_after_it_was_merged()
    {
        _group.Deliver(Alice, _pending);
        BobRefuses(MlsError.WrongEpoch, Commit);
    }

    [Fact]
    public void Echoed_to_its_committer()
    {
        Alice.Refuses(MlsError.OwnMessage, state => state.Process(Commit));
        Alice.Group = Alice.Group.Merge(_pending);
        Alice.Refuses(MlsError.WrongEpoch, state => state.Process(Commit));
    }

    [Fact]
    public void With_a_forged_signature()
    {
        foreach (var signature in Forge.WrongTags(Commit.Auth.Signature))
            BobRefuses(MlsError.InvalidSignature, Forge.Retag(Alice, Commit with { Auth = Commit.Auth with { Signature = signature } }));

        // By another member's key; changed after signing.
        BobRefuses(MlsError.InvalidSignature, Forge.Resign(Carol, Commit, (FramedContent content) => content));
        BobRefuses(MlsError.InvalidSignature, Forge.Retag(Alice, Commit with { Content = Commit.Content with { AuthenticatedData = Opaque.Copy("dato"u8) } }));
    }

    [Fact]
    [Fault(1)]
    public void With_a_wrong_membership_tag()
    {
        foreach (var tag in Forge.WrongTags(Commit.MembershipTag!.Value))
            BobRefuses(MlsError.InvalidMembershipTag, Commit with { MembershipTag = tag });
        BobRefuses(MlsError.InvalidMembershipTag, Commit with { MembershipTag = null });
    }

    [Fact]
    [Fault(1)]
    public void With_a_wrong_confirmation_tag()
    {
        foreach (var tag in Forge.WrongTags(Commit.Auth.ConfirmationTag!.Value))
            BobRefuses(MlsError.InvalidConfirmationTag, Forge.WithConfirmationTag(Alice, Commit, tag));
        BobRefuses(MlsError.MisplacedConfirmationTag, Forge.WithConfirmationTag(Alice, Commit, null));
    }

    [Fact]
    public void From_somebody_who_is_not_in_the_tree()
    {
        BobRefuses(MlsError.UnknownSender, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Sender = Sender.Member(new LeafIndex(3)) }));
        BobRefuses(MlsError.UnknownSender, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Sender = Sender.Member(new LeafIndex(LeafIndex.Max)) }));
        BobRefuses(MlsError.InvalidSignature, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Sender = Sender.Member(Carol.Group.OwnLeaf) }));
        BobRefuses(MlsError.WrongSenderType, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Sender = Sender.External(0) }));
        BobRefuses(MlsError.WrongSenderType, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Sender = Sender.NewMemberProposal }));
    }

    [Fact]
    public void Application_data_and_proposals_where_a_commit_is_expected()
    {
        BobRefuses(MlsError.WrongWireFormat, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Body = new ApplicationBody(Opaque.Copy("hello"u8)) }));
        BobRefuses(MlsError.WrongWireFormat, Forge.Resign(Alice, Commit, (FramedContent content) => content with { Body = new ProposalBody(new RemoveProposal(Carol.Group.OwnLeaf)) }));
    }

    [Fact]
    public void With_path_secrets_that_do_not_open()
    {
        // Leaf 0's path in a tree of four: node 1 to bob's leaf, node 3 to carol's.
        BobRefuses(MlsError.HpkeOpenFailed, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, c => c with { Ciphertext = Forge.Flip(c.Ciphertext) })));
        BobRefuses(MlsError.HpkeOpenFailed, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, c => c with { Ciphertext = Opaque.Empty })));
        BobRefuses(MlsError.HpkeOpenFailed, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, c => c with { KemOutput = path.Nodes[1].EncryptedPathSecret[0].KemOutput })));
        BobRefuses(MlsError.InvalidPublicKey, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, c => c with { KemOutput = Opaque.Copy(new byte[32]) })));

        // What is for carol alone bob cannot see; the transcript has it, so the confirmation tag shows it.
        BobRefuses(MlsError.InvalidConfirmationTag, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 1, c => c with { Ciphertext = Forge.Flip(c.Ciphertext) })));
    }

    [Fact]
    public void With_a_path_secret_that_is_not_the_paths()
    {
        // The right form and context, another secret: an insider's attempt to give bob keys of its own.
        var provisional = Bob.Group.Public.Stage(Bob.Group.Public.Verify(Commit)).ProvisionalContext.Encode();
        var bobs = Bob.Group.Public.Tree[Bob.Group.OwnLeaf]!.EncryptionKey;
        foreach (var length in new[] { 32, 0, 1, 31, 33, 1000 })
        {
            using var secret = Secret.Random(length, TestRandom.Fill);
            var other = Bob.Group.Suite.EncryptWithLabel(bobs, Labels.UpdatePathNode, provisional.Span, secret.Span, TestRandom.Fill);
            BobRefuses(MlsError.PathKeyMismatch, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, _ => other)));
        }
    }

    [Fact]
    public void With_a_path_of_the_wrong_form()
    {
        BobRefuses(MlsError.WrongPathLength, Forge.ResignPath(Alice, Commit, path => path with { Nodes = path.Nodes[..1] }));
        BobRefuses(MlsError.WrongPathLength, Forge.ResignPath(Alice, Commit, path => path with { Nodes = [] }));
        BobRefuses(MlsError.WrongPathLength, Forge.ResignPath(Alice, Commit, path => path with { Nodes = path.Nodes.Add(path.Nodes[0]) }));
        BobRefuses(MlsError.WrongPathCiphertextCount, Forge.ResignPath(Alice, Commit, path => path with { Nodes = path.Nodes.SetItem(0, path.Nodes[0] with { EncryptedPathSecret = [] }) }));
        BobRefuses(MlsError.WrongPathCiphertextCount, Forge.ResignPath(Alice, Commit, path => path with
        {
            Nodes = path.Nodes.SetItem(0, path.Nodes[0] with { EncryptedPathSecret = path.Nodes[0].EncryptedPathSecret.Add(path.Nodes[0].EncryptedPathSecret[0]) }),
        }));
        BobRefuses(MlsError.PathRequired, Forge.Resign(Alice, Commit, (Commit commit) => commit with { Path = null }));
    }

    [Fact]
    public void With_keys_that_are_in_use()
    {
        BobRefuses(MlsError.PathKeyReused, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { EncryptionKey = Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!.EncryptionKey }));
        BobRefuses(MlsError.PathKeyReused, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { EncryptionKey = Alice.Group.Public.Tree[Carol.Group.OwnLeaf]!.EncryptionKey }));
        BobRefuses(MlsError.PathKeyReused, Forge.ResignPath(Alice, Commit, path => path with { Nodes = path.Nodes.SetItem(0, path.Nodes[0] with { EncryptionKey = path.Nodes[1].EncryptionKey }) }));
        BobRefuses(MlsError.InvalidPublicKey, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { EncryptionKey = new HpkePublicKey(Opaque.Copy(new byte[32])) }));
    }

    [Fact]
    public void With_a_leaf_that_is_not_for_this_place()
    {
        BobRefuses(MlsError.WrongLeafNodeSource, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { Source = LeafNodeSource.Update }));
        BobRefuses(MlsError.InvalidParentHash, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { ParentHash = Forge.Flip(leaf.ParentHash) }));
        BobRefuses(MlsError.InvalidParentHash, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { ParentHash = Opaque.Empty }));
        BobRefuses(MlsError.InvalidSignature, Forge.ResignPath(Alice, Commit, path => path with
        {
            LeafNode = LeafNodeTbs.Sign(path.LeafNode, Alice.Group.Suite, Alice.Signer.PrivateKey, Alice.Group.GroupId, new LeafIndex(1)),
        }));
        BobRefuses(MlsError.InvalidSignature, Forge.ResignPath(Alice, Commit, path => path with
        {
            LeafNode = LeafNodeTbs.Sign(path.LeafNode, Alice.Group.Suite, Alice.Signer.PrivateKey, Opaque.Copy("other group"u8), Alice.Group.OwnLeaf),
        }));
        BobRefuses(MlsError.UnsupportedByLeaf, Forge.ResignLeaf(Alice, Commit, leaf => leaf with { Capabilities = leaf.Capabilities with { CipherSuites = [] } }));
    }

    [Fact]
    public void With_proposals_that_may_not_be_there()
    {
        var (alice, carol) = (Alice.Group.OwnLeaf, Carol.Group.OwnLeaf);
        BobRefuses(MlsError.CommitterRemovesItself, With(new RemoveProposal(alice)));
        BobRefuses(MlsError.DuplicateLeafProposal, With(new RemoveProposal(carol), new RemoveProposal(carol)));
        BobRefuses(MlsError.BlankLeafProposal, With(new RemoveProposal(new LeafIndex(3))));
        BobRefuses(MlsError.BlankLeafProposal, With(new RemoveProposal(new LeafIndex(uint.MaxValue))));
        BobRefuses(MlsError.MisplacedExternalInit, With(new ExternalInitProposal(Opaque.Copy(new byte[32]))));
        BobRefuses(MlsError.UnknownProposalReference, Forge.Resign(Alice, Commit, (Commit commit) =>
            commit with { Proposals = [new ProposalByReference(new ProposalRef(Bob.Group.Suite.Hash("nothing"u8)))] }));

        PublicMessage With(params Proposal[] proposals) => Forge.Resign(Alice, Commit, (Commit commit) =>
            commit with { Proposals = [.. proposals.Select(proposal => new ProposalByValue(proposal))] });
    }

    [Fact]
    public void Cut_off_or_grown_on_the_wire()
    {
        var bytes = Tls.Encode(new MlsMessage(Commit)).Span.ToArray();
        for (var length = 0; length < bytes.Length; length += 7)
            Expect.Refused(MlsError.Truncated, () => Tls.Decode<MlsMessage>(bytes.AsSpan(0, length)));
        Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<MlsMessage>([.. bytes, 0]));
    }

    [Fact]
    [Fault(29)]
    public void After_all_refusals_the_right_one_is_still_taken()
    {
        BobRefuses(MlsError.HpkeOpenFailed, Forge.ResignPath(Alice, Commit, path => WithCiphertext(path, 0, c => c with { Ciphertext = Forge.Flip(c.Ciphertext) })));
        BobRefuses(MlsError.InvalidConfirmationTag, Forge.WithConfirmationTag(Alice, Commit, Forge.Flip(Commit.Auth.ConfirmationTag!.Value)));
        _group.Deliver(Alice, _pending);
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    public void Dispose()
    {
        _pending.Dispose();
        _group.Dispose();
    }

    private static UpdatePath WithCiphertext(UpdatePath path, int node, Func<HpkeCiphertext, HpkeCiphertext> change) => path with
    {
        Nodes = path.Nodes.SetItem(node, path.Nodes[node] with { EncryptedPathSecret = path.Nodes[node].EncryptedPathSecret.SetItem(0, change(path.Nodes[node].EncryptedPathSecret[0])) }),
    };

    private void BobRefuses(MlsError error, PublicMessage message) => Bob.Refuses(error, state => state.Process(message));
}
