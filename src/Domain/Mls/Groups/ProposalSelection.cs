using System.Collections.Immutable;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.2, §12.4: which of the proposals that were received a member commits: as many as are valid together.</summary>
internal static class ProposalSelection
{
    /// <returns>In the order they came.</returns>
    public static ImmutableArray<ProposalRef> Select(PublicGroup group, LeafIndex committer, ProcessOptions options)
    {
        var all = group.Proposals;
        var chosen = new List<KeptProposal>();

        // Removes before Updates, the newest Update before older ones; a ReInit only when there is nothing else. Beside
        // a SelfRemove, a Remove of the same leaf is invalid (draft-ietf-mls-extensions).
        foreach (var candidate in all.Reverse().OrderBy(Rank))
        {
            if (IsValidWith(group, committer, [.. chosen, candidate], candidate, options))
                chosen.Add(candidate);
        }
        return [.. all.Where(chosen.Contains).Select(kept => kept.Reference)];
    }

    private static int Rank(KeptProposal kept) => kept.Proposal switch
    {
        SelfRemoveProposal => 0,
        RemoveProposal => 1,
        UpdateProposal => 2,
        ReInitProposal => 4,
        _ => 3,
    };

    // A proposal that breaks a rule, alone or beside those chosen before it, is passed over: that is the selection.
    private static bool IsValidWith(PublicGroup group, LeafIndex committer, ImmutableArray<KeptProposal> together, KeptProposal candidate, ProcessOptions options)
    {
        try
        {
            ProposalChecks.Check(ProposalList.Sort([Resolved(candidate)], committer), group.Tree, group.Suite, group.Context, options.Lifetimes ?? LifetimePolicy.Unchecked);
            var list = ProposalList.Sort([.. together.Select(Resolved)], committer);
            var tree = group.Tree.Copy();
            var applied = AppliedProposals.Apply(list, tree, group.Context);
            ProposalSupport.Check(list, applied, tree);
            TreeValidation.CheckMembers(tree, new GroupRequirements(group.Suite, applied.Extensions));
            if (options.Accept is { } accept)
                NewCredentials.Judge(Resolved(candidate), group.Tree, group.Context, accept);
            return IsKnownPsk(candidate.Proposal, options.FindPsk);
        }
        catch (MlsException)
        {
            return false;
        }
    }

    // §12.4: a commit names no PSK that its sender does not have.
    private static bool IsKnownPsk(Proposal proposal, FindPsk? find)
    {
        if (proposal is not PreSharedKeyProposal { Psk: var id })
            return true;
        using var psk = find?.Invoke(id);
        return psk is not null;
    }

    private static ResolvedProposal Resolved(KeptProposal kept) => new(kept.Proposal, kept.Sender);
}
