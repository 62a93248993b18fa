using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.PublicGroups;

/// <summary>§6, §6.1, §12.1.8: who may send what to a group, and the key that its signature is checked with.</summary>
internal static class SenderKeys
{
    /// <exception cref="MlsException">
    /// <see cref="MlsError.WrongSenderType"/>, <see cref="MlsError.UnknownSender"/>, <see cref="MlsError.WrongWireFormat"/> or <see cref="MlsError.PathRequired"/>.
    /// </exception>
    public static SignaturePublicKey Find(PublicGroup group, AuthenticatedContent authenticated)
    {
        var content = authenticated.Content;
        return (content.Sender.Type, content.Body) switch
        {
            (SenderType.Member, ApplicationBody) when authenticated.WireFormat != WireFormat.PrivateMessage =>
                throw new MlsException(MlsError.WrongWireFormat, "application data in a PublicMessage"),
            // draft-ietf-mls-extensions: whoever joins by an external commit must be able to read it.
            (SenderType.Member, ProposalBody { Proposal: SelfRemoveProposal }) when authenticated.WireFormat != WireFormat.PublicMessage =>
                throw new MlsException(MlsError.WrongWireFormat, "a SelfRemove in a PrivateMessage"),
            (SenderType.Member, _) => MemberKey(group, content.Sender),
            (SenderType.External, ProposalBody { Proposal: var proposal }) => ExternalKey(group, content.Sender, proposal),
            (SenderType.NewMemberProposal, ProposalBody { Proposal: AddProposal add }) => add.KeyPackage.LeafNode.SignatureKey,

            // §12.4.3.2: the signature MUST verify using the public key in the leaf_node of the path field.
            (SenderType.NewMemberCommit, CommitBody { Commit: var commit }) =>
                commit.Path?.LeafNode.SignatureKey ?? throw new MlsException(MlsError.PathRequired, "in an external commit"),
            _ => throw new MlsException(MlsError.WrongSenderType, $"{content.Body.Type} by {content.Sender.Type}"),
        };
    }

    private static SignaturePublicKey MemberKey(PublicGroup group, Sender sender) =>
        group.Tree[sender.Leaf!.Value]?.SignatureKey ?? throw new MlsException(MlsError.UnknownSender, $"leaf {sender.Leaf}");

    // §12.1.8: other proposal types from an external sender MUST be rejected as malformed.
    private static SignaturePublicKey ExternalKey(PublicGroup group, Sender sender, Proposal proposal)
    {
        if (proposal is not (AddProposal or RemoveProposal or PreSharedKeyProposal or ReInitProposal or GroupContextExtensionsProposal))
            throw new MlsException(MlsError.WrongSenderType, $"{proposal.Type} by an external sender");
        var senders = group.Context.Extensions.Find<ExternalSenders>(ExtensionType.ExternalSenders)?.All ?? [];
        return sender.Index < senders.Length
            ? senders[(int)sender.Index].SignatureKey
            : throw new MlsException(MlsError.UnknownSender, $"external sender {sender.Index} of {senders.Length}");
    }
}
