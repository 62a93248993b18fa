using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.1: a member's proposals on their own.</summary>
internal static class Proposing
{
    public static SentProposal Propose(MlsGroup group, Proposal proposal, FramingOptions framing, FillRandom random)
    {
        if (proposal is UpdateProposal)
            throw new ArgumentException("an Update is made by the group, which keeps its private key", nameof(proposal));
        return Send(group, proposal, framing, random);
    }

    public static SentProposal ProposeUpdate(MlsGroup group, LeafChange change, FramingOptions framing, FillRandom random)
    {
        var (suite, own) = (group.Suite, group.OwnLeaf);
        var signer = change.Signer ?? group.Signer;
        var leafKey = suite.GenerateHpkeKeyPair(random);
        try
        {
            // §12.1.2: the leaf_node_source is update, and the encryption_key a new one.
            var unsigned = change.Apply(group.Public.Tree[own]!) with { Source = LeafNodeSource.Update, EncryptionKey = leafKey.PublicKey, ParentHash = Opaque.Empty, Lifetime = default };
            new GroupRequirements(suite, group.Public.Context.Extensions).Check(unsigned);
            var leaf = LeafNodeTbs.Sign(unsigned, suite, signer.PrivateKey, group.GroupId, own);
            var sent = Send(group, new UpdateProposal(leaf), framing, random);
            group.OwnUpdates.Add(new OwnUpdate(leafKey, signer));
            return sent;
        }
        catch
        {
            leafKey.Dispose();
            throw;
        }
    }

    private static SentProposal Send(MlsGroup group, Proposal proposal, FramingOptions framing, FillRandom random)
    {
        group.CheckNotEnded();
        HandshakeFraming.Check(framing);
        if (proposal is SelfRemoveProposal && framing.WireFormat != WireFormat.PublicMessage)
            throw new ArgumentException("a SelfRemove is a PublicMessage, so that an external joiner can commit it", nameof(framing));
        var (suite, context, self) = (group.Suite, group.Public.Context, Sender.Member(group.OwnLeaf));

        // §12.1: what would be invalid for every committer is not sent.
        var list = ProposalList.Sort([new ResolvedProposal(proposal, self)], committer: null);
        ProposalChecks.Check(list, group.Public.Tree, suite, context, LifetimePolicy.Unchecked);

        var content = new FramedContent(context.GroupId, context.Epoch, self, framing.AuthenticatedData, new ProposalBody(proposal));
        var signed = AuthenticatedContent.Sign(suite, framing.WireFormat, content, context, group.Signer.PrivateKey);
        var reference = group.Public.Keep(group.Public.Verify(signed));
        return new SentProposal(HandshakeFraming.Protect(group, signed, framing, random), reference);
    }
}
