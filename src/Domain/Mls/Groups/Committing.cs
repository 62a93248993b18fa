using System.Collections.Immutable;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1: a member's commit.</summary>
internal static class Committing
{
    /// <param name="usage">What resumption PSKs may be for; only the first commit of a group that continues another has one for that.</param>
    public static PendingCommit Commit(MlsGroup group, CommitRequest request, FillRandom random, ResumptionPskUsage usage = ResumptionPskUsage.Application)
    {
        group.CheckNotEnded();
        HandshakeFraming.Check(request.Framing);
        var leaf = group.Public.Tree[group.OwnLeaf]!;
        ImmutableArray<ProposalOrRef> proposals =
        [
            .. request.References.Select(reference => new ProposalByReference(reference)),
            .. request.Proposals.Select(proposal => new ProposalByValue(proposal)),
        ];
        var made = CommitMaking.Make(
            new CommitDraft
            {
                Group = group.Public,
                Sender = Sender.Member(group.OwnLeaf),
                Proposals = proposals,
                Leaf = request.Leaf?.Apply(leaf) ?? leaf,
                Signer = group.Signer,
                NextSigner = request.Leaf?.Signer ?? group.Signer,
                Known = group.PrivateKeys,
                InitSecret = group.Secrets.Init,
                ForcePath = request.ForcePath || request.Leaf is not null,
                Framing = request.Framing,
                GroupInfo = request.GroupInfo,
                Lifetimes = request.Lifetimes,
                Accept = request.Accept,
                FindPsk = request.FindPsk,
                PskUsage = usage,
            },
            random);

        // Protect the AuthenticatedContent object using keys from the old epoch.
        var message = HandshakeFraming.Protect(group, made.Signed, request.Framing, random);
        return new PendingCommit(message, made.Welcome, made.GroupInfo, made.Next);
    }
}
