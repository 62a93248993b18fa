using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

/// <summary>
/// §12.2, §12.3: the proposals of a commit, sorted into the order of application. Making one checks the rules about the
/// list as a whole; <see cref="ProposalChecks"/> checks each proposal by itself.
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
    public bool RequiresPath => All.IsEmpty || Updates.Count > 0 || Removes.Count > 0 || ExternalInit is not null || GroupContextExtensions is not null;

    /// <summary>Of an external commit alone.</summary>
    public ExternalInitProposal? ExternalInit { get; private set; }

    /// <summary>Sorts the list of a member's commit.</summary>
    /// <param name="committer">Null when nobody commits yet: for a proposal that a member wants to send.</param>
    /// <exception cref="MlsException">The rule of §12.2 that the list breaks.</exception>
    public static ProposalList Sort(ImmutableArray<ResolvedProposal> proposals, LeafIndex? committer)
    {
        var list = new ProposalList(proposals);
        var seen = new Seen();
        foreach (var resolved in proposals)
        {
            if (resolved.Proposal is ExternalInitProposal)
                throw new MlsException(MlsError.MisplacedExternalInit, "in a member's commit");
            list.Append(resolved, committer, seen);
        }
        return list;
    }

    /// <summary>Sorts the list of an external commit.</summary>
    /// <exception cref="MlsException">The rule of §12.2 or §12.4.3.2 that the list breaks.</exception>
    public static ProposalList SortExternal(ImmutableArray<ResolvedProposal> proposals)
    {
        var list = new ProposalList(proposals);
        var seen = new Seen();
        foreach (var resolved in proposals)
        {
            CheckInExternal(resolved);
            if (resolved.Proposal is not ExternalInitProposal externalInit)
                list.Append(resolved, null, seen);
            else if (list.ExternalInit is null)
                list.ExternalInit = externalInit;
            else
                throw new MlsException(MlsError.MisplacedExternalInit, "twice in an external commit");
        }
        if (list.ExternalInit is null)
            throw new MlsException(MlsError.MisplacedExternalInit, "missing from an external commit");
        if (proposals.Count(resolved => resolved.Proposal is RemoveProposal) > 1)
            throw new MlsException(MlsError.InvalidExternalCommit, "more than one Remove");
        return list;
    }

    // By value what joins and resyncs; by reference only members' wish to leave (draft-ietf-mls-extensions).
    private static void CheckInExternal(ResolvedProposal resolved)
    {
        var byValue = resolved.Sender.Type == SenderType.NewMemberCommit;
        var allowed = byValue
            ? resolved.Proposal is ExternalInitProposal or RemoveProposal or PreSharedKeyProposal
            : resolved.Proposal is SelfRemoveProposal;
        if (!allowed)
            throw new MlsException(MlsError.InvalidExternalCommit, $"{resolved.Proposal.Type} by {(byValue ? "value" : "reference")}");
    }

    private void Append(ResolvedProposal resolved, LeafIndex? committer, Seen seen)
    {
        switch (resolved.Proposal)
        {
            case GroupContextExtensionsProposal extensions:
                if (GroupContextExtensions is not null)
                    throw new MlsException(MlsError.DuplicateGroupContextExtensions);
                GroupContextExtensions = extensions.Extensions;
                break;
            case UpdateProposal update:
                // An Update is for its sender's leaf; by value its sender would be the committer.
                var updated = OwnLeafOf(resolved);
                if (updated == committer)
                    throw new MlsException(MlsError.CommitterUpdatesItself, $"leaf {updated}");
                seen.Leaf(updated);
                Updates.Add((updated, update.LeafNode));
                break;
            case RemoveProposal remove:
                Remove(remove.Removed, committer, seen);
                break;
            case SelfRemoveProposal:
                Remove(OwnLeafOf(resolved), committer, seen);
                break;
            case AddProposal add:
                // "The same client" is the application's to say; the same signature key is the same client to all.
                if (!seen.AddedKeys.Add(add.KeyPackage.LeafNode.SignatureKey.Value))
                    throw new MlsException(MlsError.DuplicateAdd);
                Adds.Add(add.KeyPackage);
                break;
            case PreSharedKeyProposal psk:
                if (!seen.Psks.Add(psk.Psk))
                    throw new MlsException(MlsError.DuplicatePsk);
                Psks.Add(psk.Psk);
                break;
            case ReInitProposal reInit:
                if (All.Length > 1)
                    throw new MlsException(MlsError.ReInitNotAlone);
                ReInit = reInit;
                break;
            default:
                throw new MlsException(MlsError.UnsupportedProposal, $"{resolved.Proposal.Type}");
        }
    }

    private void Remove(LeafIndex leaf, LeafIndex? committer, Seen seen)
    {
        if (leaf == committer)
            throw new MlsException(MlsError.CommitterRemovesItself, $"leaf {leaf}");
        seen.Leaf(leaf);
        Removes.Add(leaf);
    }

    private static LeafIndex OwnLeafOf(ResolvedProposal resolved) =>
        resolved.Sender.Leaf ?? throw new MlsException(MlsError.WrongSenderType, $"{resolved.Proposal.Type} by {resolved.Sender.Type}");

    // What no second proposal of the list may name.
    private sealed class Seen
    {
        private readonly HashSet<LeafIndex> _leaves = [];

        public HashSet<Opaque> AddedKeys { get; } = [];

        public HashSet<PreSharedKeyId> Psks { get; } = [];

        public void Leaf(LeafIndex leaf)
        {
            if (!_leaves.Add(leaf))
                throw new MlsException(MlsError.DuplicateLeafProposal, $"leaf {leaf}");
        }
    }
}
