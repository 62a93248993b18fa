using Skytale.Mls.Framing;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Groups;

/// <summary>§12.1: a proposal that was sent on its own, kept until a commit of its epoch names it.</summary>
internal static class ProposalReceiving
{
    public static ProposalRef Receive(MlsGroup group, PublicMessage message)
    {
        if (message.Content.Body.Type != ContentType.Proposal)
            throw new MlsException(MlsError.WrongWireFormat, $"{message.Content.Body.Type} where a proposal is expected");
        var verified = group.Public.Verify(message);
        MembershipTag.Verify(group.Suite, message, group.Public.Context, group.Secrets);
        return group.Public.Keep(verified);
    }
}
