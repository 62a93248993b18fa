using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1: what a member wants to commit.</summary>
public sealed record CommitRequest
{
    /// <summary>Proposals that the commit holds by value, in this order.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>False leaves the path out where §12.4 allows it: where there are Adds and PSKs only.</summary>
    public bool ForcePath { get; init; } = true;

    /// <summary>Sent in the clear with the commit and signed with it.</summary>
    public Opaque AuthenticatedData { get; init; }

    /// <summary>Extensions for the GroupInfo beside the ratchet tree.</summary>
    public ExtensionList GroupInfoExtensions { get; init; } = ExtensionList.Empty;

    /// <summary>How the lifetimes of added members are judged; not at all when null.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>Finds the PSKs that the proposals name.</summary>
    public FindPsk? FindPsk { get; init; }
}
