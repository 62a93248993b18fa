using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

public sealed class ProposalReceivingTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void A_members_proposal_is_kept_and_dropped_with_its_epoch()
    {
        var before = Bob.State();
        var reference = Bob.Group.Receive(TestGroup.OverTheWire(Proposal()));
        reference.Value.Length.ShouldBe(32);
        Bob.State().ShouldNotBe(before, "it is kept with the epoch's state");
        Bob.Restart();
        _group.Commit(Alice);
        _group.ShouldAgree();
        Bob.Refuses(MlsError.WrongEpoch, state => state.Receive(Proposal() with { Content = Proposal().Content with { Epoch = new(1) } }));
    }

    [Fact]
    public void A_proposal_with_wrong_tags_or_signature_is_refused()
    {
        var proposal = Proposal();
        foreach (var tag in Forge.WrongTags(proposal.MembershipTag!.Value))
            Bob.Refuses(MlsError.InvalidMembershipTag, state => state.Receive(proposal with { MembershipTag = tag }));
        Bob.Refuses(MlsError.InvalidSignature, state => state.Receive(Forge.Retag(Alice, proposal with { Auth = proposal.Auth with { Signature = Forge.Flip(proposal.Auth.Signature) } })));
        Bob.Refuses(MlsError.MisplacedConfirmationTag, state => state.Receive(Forge.WithConfirmationTag(Alice, proposal, Bob.Group.Suite.Hash("tag"u8))));
        Bob.Refuses(MlsError.WrongGroup, state => state.Receive(proposal with { Content = proposal.Content with { GroupId = Opaque.Copy("b group"u8) } }));
        Bob.Refuses(MlsError.WrongWireFormat, state => state.Receive(Forge.Resign(Alice, proposal, content => content with { Body = new ApplicationBody(Opaque.Empty) })));
    }

    public void Dispose() => _group.Dispose();

    private PublicMessage Proposal()
    {
        var context = Alice.Group.Public.Context;
        var content = new FramedContent(context.GroupId, context.Epoch, Sender.Member(Alice.Group.OwnLeaf), Opaque.Empty, new ProposalBody(new RemoveProposal(new LeafIndex(2))));
        var signed = AuthenticatedContent.Sign(Alice.Group.Suite, Mls.Messages.WireFormat.PublicMessage, content, context, Alice.Signer.PrivateKey);
        return MembershipTag.Protect(Alice.Group.Suite, signed, context, Alice.Group.Secrets);
    }
}
