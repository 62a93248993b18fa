using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Groups;

/// <summary>§12.1: a proposal that was sent on its own, kept until a commit of its epoch names it.</summary>
internal static class ProposalReceiving
{
    public static ProposalRef Receive(MlsGroup group, MlsMessage message)
    {
        var opened = OpenedHandshake.Open(group, message, ContentType.Proposal);
        var reference = group.Public.Keep(opened.Content);
        opened.Consume(group);
        return reference;
    }
}
