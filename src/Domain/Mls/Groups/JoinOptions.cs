using Skytale.Mls.Credentials;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.1: what joining needs beside the Welcome.</summary>
public sealed record JoinOptions
{
    /// <summary>The group's tree, when it does not come in the Welcome.</summary>
    public RatchetTree? RatchetTree { get; init; }

    /// <summary>How the lifetimes of the tree's leaves are judged; not at all when null: members may have outlived their key packages.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>§5.3.1: the application's Authentication Service; none is asked when null.</summary>
    public AcceptCredential? Accept { get; init; }

    /// <summary>Finds the PSKs that the Welcome names.</summary>
    public FindPsk? FindPsk { get; init; }

    /// <summary>§11.2, §11.3: the group that the new one must continue, in the epoch that its Welcome names; a plain join when null.</summary>
    public MlsGroup? Continues { get; init; }

    /// <summary>Whether a leaf of the new group is a member of the one that it continues; by equal credentials when null.</summary>
    public SameMember? SameMember { get; init; }
}
