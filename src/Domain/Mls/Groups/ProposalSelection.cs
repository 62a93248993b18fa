using System.Collections.Immutable;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.2, §12.4: which of the proposals that were received a member commits: as many as are valid together.</summary>
internal static class ProposalSelection
{
    /// <returns>In the order they came.</returns>
    public static ImmutableArray<ProposalRef> Select(PublicGroup group, LeafIndex committer, LifetimePolicy lifetimes)
    {
        var all = group.Proposals;
        var chosen = new List<KeptProposal>();

        // Removes before Updates, the newest Update before older ones; a ReInit only when there is nothing else.
        foreach (var candidate in all.Reverse().OrderBy(Rank))
        {
            if (IsValidWith(group, committer, [.. chosen, candidate], candidate, lifetimes))
                chosen.Add(candidate);
        }
        return [.. all.Where(chosen.Contains).Select(kept => kept.Reference)];
    }

    private static int Rank(KeptProposal kept) => kept.Proposal switch
    {
        RemoveProposal or SelfRemoveProposal => 0,
        UpdateProposal => 1,
        ReInitProposal => 3,
        _ => 2,
    };

    // A proposal that breaks a rule, alone or beside those chosen before it, is passed over: that is the selection.
    private static bool IsValidWith(PublicGroup group, LeafIndex committer, ImmutableArray<KeptProposal> together, KeptProposal candidate, LifetimePolicy lifetimes)
    {
        try
        {
            ProposalChecks.Check(ProposalList.Sort([Resolved(candidate)], committer), group.Tree, group.Suite, group.Context, lifetimes);
            var list = ProposalList.Sort([.. together.Select(Resolved)], committer);
            var tree = group.Tree.Copy();
            var applied = AppliedProposals.Apply(list, tree, group.Context);
            ProposalSupport.Check(list, applied, tree);
            TreeValidation.CheckMembers(tree, new GroupRequirements(group.Suite, applied.Extensions));
            return true;
        }
        catch (MlsException)
        {
            return false;
        }
    }

    private static ResolvedProposal Resolved(KeptProposal kept) => new(kept.Proposal, kept.Sender);
}
