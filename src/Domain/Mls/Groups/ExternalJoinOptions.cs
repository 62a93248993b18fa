using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.2: who joins by an external commit, and how.</summary>
public sealed record ExternalJoinOptions
{
    public required Credential Credential { get; init; }

    public required Capabilities Capabilities { get; init; }

    /// <summary>Of the joiner's leaf.</summary>
    public ExtensionList LeafExtensions { get; init; } = ExtensionList.Empty;

    /// <summary>The group's tree, when the GroupInfo does not hold it.</summary>
    public RatchetTree? RatchetTree { get; init; }

    /// <summary>The joiner's leaf of before, which the same commit removes: a resync.</summary>
    public LeafIndex? Replaces { get; init; }

    /// <summary>draft-ietf-mls-extensions: the SelfRemoves of the epoch, each of which the commit names by reference.</summary>
    public ImmutableArray<MlsMessage> Leaving { get; init; } = [];

    /// <summary>PSKs that the joiner proves to know.</summary>
    public ImmutableArray<PreSharedKeyId> Psks { get; init; } = [];

    /// <summary>Finds the PSKs.</summary>
    public FindPsk? FindPsk { get; init; }

    /// <summary>Sent in the clear with the commit and signed with it.</summary>
    public Opaque AuthenticatedData { get; init; }

    /// <summary>What the new epoch's GroupInfo says.</summary>
    public GroupInfoOptions GroupInfo { get; init; } = GroupInfoOptions.Default;

    /// <summary>How the lifetimes of the tree's leaves are judged; not at all when null.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>§5.3.1: the application's Authentication Service; none is asked when null.</summary>
    public AcceptCredential? Accept { get; init; }
}
