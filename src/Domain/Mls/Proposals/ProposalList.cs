using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

/// <summary>
/// §12.2, §12.3: the proposals of a member's commit, sorted into the order of application. Making one checks the rules
/// about the list as a whole; <see cref="ProposalChecks"/> checks each proposal by itself.
/// </summary>
internal sealed class ProposalList
{
    private ProposalList(ImmutableArray<ResolvedProposal> all) => All = all;

    /// <summary>In the commit's order.</summary>
    public ImmutableArray<ResolvedProposal> All { get; }

    /// <summary>The extensions that replace the group's, or null.</summary>
    public ExtensionList? GroupContextExtensions { get; private set; }

    /// <summary>Members' new leaves.</summary>
    public List<(LeafIndex Index, LeafNode Leaf)> Updates { get; } = [];

    public List<LeafIndex> Removes { get; } = [];

    public List<KeyPackage> Adds { get; } = [];

    /// <summary>In the commit's order, which is that of the key schedule (§8.4).</summary>
    public List<PreSharedKeyId> Psks { get; } = [];

    public ReInitProposal? ReInit { get; private set; }

    /// <summary>
    /// §12.4: a path is needed by an empty commit, and by update, remove, external_init and group_context_extensions:
    /// the pseudocode's and the registry's list, of which §12.4.2 names only a part.
    /// </summary>
    public bool RequiresPath => All.IsEmpty || Updates.Count > 0 || Removes.Count > 0 || GroupContextExtensions is not null;

    /// <summary>Sorts a member's list.</summary>
    /// <exception cref="MlsException">The rule of §12.2 that the list breaks.</exception>
    public static ProposalList Sort(ImmutableArray<ResolvedProposal> proposals, LeafIndex committer)
    {
        var list = new ProposalList(proposals);
        var leaves = new HashSet<LeafIndex>();
        var addedKeys = new HashSet<Opaque>();
        var psks = new HashSet<PreSharedKeyId>();
        foreach (var resolved in proposals)
        {
            switch (resolved.Proposal)
            {
                case GroupContextExtensionsProposal extensions:
                    if (list.GroupContextExtensions is not null)
                        throw new MlsException(MlsError.DuplicateGroupContextExtensions);
                    list.GroupContextExtensions = extensions.Extensions;
                    break;
                case UpdateProposal update:
                    list.Updates.Add((UpdatedLeaf(resolved, committer, leaves), update.LeafNode));
                    break;
                case RemoveProposal remove:
                    if (remove.Removed == committer)
                        throw new MlsException(MlsError.CommitterRemovesItself, $"leaf {committer}");
                    if (!leaves.Add(remove.Removed))
                        throw new MlsException(MlsError.DuplicateLeafProposal, $"leaf {remove.Removed}");
                    list.Removes.Add(remove.Removed);
                    break;
                case AddProposal add:
                    // "The same client" is the application's to say; the same signature key is the same client to all.
                    if (!addedKeys.Add(add.KeyPackage.LeafNode.SignatureKey.Value))
                        throw new MlsException(MlsError.DuplicateAdd);
                    list.Adds.Add(add.KeyPackage);
                    break;
                case PreSharedKeyProposal psk:
                    if (!psks.Add(psk.Psk))
                        throw new MlsException(MlsError.DuplicatePsk);
                    list.Psks.Add(psk.Psk);
                    break;
                case ReInitProposal reInit:
                    if (proposals.Length > 1)
                        throw new MlsException(MlsError.ReInitNotAlone);
                    list.ReInit = reInit;
                    break;
                case ExternalInitProposal:
                    throw new MlsException(MlsError.MisplacedExternalInit, "in a member's commit");
                default:
                    throw new MlsException(MlsError.UnsupportedProposal, $"{resolved.Proposal.Type}");
            }
        }
        return list;
    }

    // An Update is for its sender's leaf; by value its sender would be the committer.
    private static LeafIndex UpdatedLeaf(ResolvedProposal update, LeafIndex committer, HashSet<LeafIndex> leaves)
    {
        var leaf = update.Sender.Leaf ?? throw new MlsException(MlsError.WrongSenderType, $"an update by {update.Sender.Type}");
        if (leaf == committer)
            throw new MlsException(MlsError.CommitterUpdatesItself, $"leaf {leaf}");
        return leaves.Add(leaf) ? leaf : throw new MlsException(MlsError.DuplicateLeafProposal, $"leaf {leaf}");
    }
}
