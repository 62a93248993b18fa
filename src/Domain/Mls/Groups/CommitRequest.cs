using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1: what a member wants to commit.</summary>
public sealed record CommitRequest
{
    /// <summary>Proposals that the commit holds by value, in this order.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>Proposals of this epoch that were sent on their own, before those by value; <see cref="MlsGroup.SelectProposals"/> chooses.</summary>
    public ImmutableArray<ProposalRef> References { get; init; } = [];

    /// <summary>False leaves the path out where §12.4 allows it: where there are Adds and PSKs only.</summary>
    public bool ForcePath { get; init; } = true;

    /// <summary>A change of the own leaf; there is a path then.</summary>
    public LeafChange? Leaf { get; init; }

    /// <summary>How the commit travels.</summary>
    public FramingOptions Framing { get; init; } = FramingOptions.Default;

    /// <summary>What the GroupInfo says, alone and in the Welcome.</summary>
    public GroupInfoOptions GroupInfo { get; init; } = GroupInfoOptions.Default;

    /// <summary>How the lifetimes of added members are judged; not at all when null.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>§5.3.1: the application's Authentication Service; none is asked when null.</summary>
    public AcceptCredential? Accept { get; init; }

    /// <summary>Finds the PSKs that the proposals name.</summary>
    public FindPsk? FindPsk { get; init; }
}
