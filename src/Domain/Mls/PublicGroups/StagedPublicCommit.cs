using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.PublicGroups;

/// <summary>A commit that is valid as far as that can be seen without a secret, and what it leads to; the group is as it was.</summary>
public sealed class StagedPublicCommit
{
    internal StagedPublicCommit(GroupContext before, LeafIndex committer, ProposalList proposals, AppliedProposals applied)
    {
        Before = before;
        Committer = committer;
        List = proposals;
        Applied = applied;
    }

    /// <summary>Who made the commit; the new member's own leaf when it is external.</summary>
    public LeafIndex Committer { get; }

    /// <summary>§12.4.3.2: true when the committer enters the group by this commit.</summary>
    public bool IsExternal => List.ExternalInit is not null;

    /// <summary>True when the committer renewed its path.</summary>
    public bool HasPath => Path is not null;

    /// <summary>The proposals in the commit's order, each with its sender.</summary>
    public ImmutableArray<ResolvedProposal> Proposals => List.All;

    /// <summary>The new members, with the leaves that they got.</summary>
    public ImmutableArray<(LeafIndex Index, KeyPackage KeyPackage)> Added => Applied.Added;

    /// <summary>The members that are gone, as they were.</summary>
    public ImmutableArray<(LeafIndex Index, LeafNode Leaf)> Removed => Applied.Removed;

    /// <summary>The members that renewed their leaves by an Update proposal, with their new leaves.</summary>
    public ImmutableArray<(LeafIndex Index, LeafNode Leaf)> Updated => [.. List.Updates];

    /// <summary>§12.4.3.2: the old version of its joiner that an external commit removes; null when there is none.</summary>
    public (LeafIndex Index, LeafNode Leaf)? Resynced => IsExternal && List.All.Select(resolved => resolved.Proposal).OfType<RemoveProposal>().FirstOrDefault() is { } remove
        ? Removed.First(removed => removed.Index == remove.Removed)
        : null;

    /// <summary>The GroupContext of the new epoch.</summary>
    public required GroupContext NewContext { get; init; }

    /// <summary>The tree of the new epoch.</summary>
    public required RatchetTree NewTree { get; init; }

    /// <summary>What the committer put into the message's authenticated_data.</summary>
    public required Opaque AuthenticatedData { get; init; }

    /// <summary>§8.1: the tag that the commit came with; members alone can check it.</summary>
    public required Opaque ConfirmationTag { get; init; }

    /// <summary>The committer's path, merged into the new tree; null when the commit has none.</summary>
    public required UpdatePath? Path { get; init; }

    /// <summary>The GroupContext of the epoch that the commit is for.</summary>
    public GroupContext Before { get; }

    /// <summary>§12.4.2: the new GroupContext with the old confirmed transcript hash, which path secrets are encrypted in.</summary>
    internal GroupContext ProvisionalContext => NewContext with { ConfirmedTranscriptHash = Before.ConfirmedTranscriptHash };

    internal ProposalList List { get; }

    internal AppliedProposals Applied { get; }
}
