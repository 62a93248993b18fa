using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

/// <summary>§12.2: who must support the proposal types of a commit: the members who process it.</summary>
internal static class ProposalSupport
{
    /// <param name="tree">After the list was applied: members whom it removes are gone, those whom it adds need not know its types.</param>
    /// <exception cref="MlsException"><see cref="MlsError.UnsupportedProposal"/>.</exception>
    public static void Check(ProposalList list, AppliedProposals applied, RatchetTree tree)
    {
        foreach (var type in list.All.Select(resolved => resolved.Proposal.Type).Where(type => !Capabilities.IsDefault(type)).Distinct())
        {
            foreach (var (index, leaf) in tree.Leaves)
            {
                if (!leaf.Capabilities.Supports(type) && !applied.AddedLeaves.Contains(index))
                    throw new MlsException(MlsError.UnsupportedProposal, $"{type} is not supported by leaf {index}");
            }
        }
    }
}
