using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§11.2, §11.3: the first commit of a group that continues another.</summary>
public sealed record SubgroupRequest
{
    /// <summary>The own leaf in the new group, from a bundle that serves nothing else.</summary>
    public required KeyPackageBundle OwnLeaf { get; init; }

    /// <summary>The pair of the own leaf.</summary>
    public required SignatureKeyPair Signer { get; init; }

    /// <summary>The other members' new key packages.</summary>
    public required ImmutableArray<KeyPackage> Members { get; init; }

    /// <summary>A branch's group extensions, the old group's when null. After a ReInit they are what it says.</summary>
    public ExtensionList? Extensions { get; init; }

    public bool ForcePath { get; init; } = true;

    /// <summary>What the Welcome's GroupInfo says.</summary>
    public GroupInfoOptions GroupInfo { get; init; } = GroupInfoOptions.Default;

    /// <summary>How the lifetimes of the key packages are judged; not at all when null.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>§5.3.1: the application's Authentication Service; none is asked when null.</summary>
    public AcceptCredential? Accept { get; init; }

    /// <summary>Whether a leaf of the new group is a member of the old one; by equal credentials when null.</summary>
    public SameMember? SameMember { get; init; }
}

/// <summary>§11.3: true when two leaves, of the old and of the new group, are one member's, according to the application.</summary>
public delegate bool SameMember(LeafNode before, LeafNode after);

/// <summary>§11.2, §11.3: a group that continues another, at epoch 1.</summary>
/// <param name="Group">The creator's state; the caller's.</param>
/// <param name="Welcome">For the other members; null when there are none.</param>
public sealed record GroupStart(MlsGroup Group, Messages.Welcome? Welcome);
