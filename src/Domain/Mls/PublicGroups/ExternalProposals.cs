using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.PublicGroups;

/// <summary>§12.1.8: proposals by those who are no members; always PublicMessages, without a membership tag.</summary>
public static class ExternalProposals
{
    /// <summary>A proposal by a sender of the group's external_senders extension.</summary>
    /// <param name="context">Of the epoch that the proposal is for; from a GroupInfo.</param>
    /// <param name="senderIndex">The sender's place in the extension.</param>
    public static MlsMessage Propose(GroupContext context, uint senderIndex, SignaturePrivateKey key, Proposal proposal) =>
        Sign(context, Sender.External(senderIndex), key, proposal);

    /// <summary>A client's wish to be added.</summary>
    /// <param name="context">Of the epoch that the proposal is for; from a GroupInfo.</param>
    /// <param name="key">The private key of the package's leaf.</param>
    public static MlsMessage AddMe(GroupContext context, KeyPackage keyPackage, SignaturePrivateKey key) =>
        Sign(context, Sender.NewMemberProposal, key, new AddProposal(keyPackage));

    private static MlsMessage Sign(GroupContext context, Sender sender, SignaturePrivateKey key, Proposal proposal)
    {
        var content = new FramedContent(context.GroupId, context.Epoch, sender, Opaque.Empty, new ProposalBody(proposal));
        var signed = AuthenticatedContent.Sign(CipherSuite.Get(context.CipherSuite), WireFormat.PublicMessage, content, context, key);
        return new MlsMessage(new PublicMessage(signed.Content, signed.Auth, null));
    }
}
