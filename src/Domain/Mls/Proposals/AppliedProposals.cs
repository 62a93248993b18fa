using System.Collections.Immutable;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

/// <summary>§12.3: what a checked list did to a tree and to the group's extensions.</summary>
internal sealed class AppliedProposals
{
    private AppliedProposals(
        ExtensionList extensions, ImmutableArray<(LeafIndex, LeafNode)> removed, ImmutableArray<(LeafIndex, KeyPackage)> added)
    {
        Extensions = extensions;
        Removed = removed;
        Added = added;
        AddedLeaves = added.Select(add => add.Item1).ToHashSet();
    }

    /// <summary>The group's extensions afterwards.</summary>
    public ExtensionList Extensions { get; }

    /// <summary>The leaves that are gone, as they were.</summary>
    public ImmutableArray<(LeafIndex Index, LeafNode Leaf)> Removed { get; }

    /// <summary>The new members, in the order of their Adds.</summary>
    public ImmutableArray<(LeafIndex Index, KeyPackage KeyPackage)> Added { get; }

    /// <summary>§7.6: the leaves that the commit's path secrets are not encrypted to.</summary>
    public IReadOnlySet<LeafIndex> AddedLeaves { get; }

    /// <summary>Applies a checked list: extensions, then updates, then removes, then adds, whatever the list's order.</summary>
    public static AppliedProposals Apply(ProposalList list, RatchetTree tree, GroupContext context)
    {
        foreach (var (index, leaf) in list.Updates)
            tree.UpdateLeaf(index, leaf);

        var removed = ImmutableArray.CreateBuilder<(LeafIndex, LeafNode)>(list.Removes.Count);
        foreach (var index in list.Removes)
        {
            removed.Add((index, tree[index] ?? throw new InvalidOperationException($"leaf {index} was checked and is blank")));
            tree.RemoveLeaf(index);
        }

        // After the removes: a leaf that they blanked is the first to be used again.
        var added = ImmutableArray.CreateBuilder<(LeafIndex, KeyPackage)>(list.Adds.Count);
        foreach (var keyPackage in list.Adds)
            added.Add((tree.AddLeaf(keyPackage.LeafNode), keyPackage));

        return new AppliedProposals(list.GroupContextExtensions ?? context.Extensions, removed.DrainToImmutable(), added.DrainToImmutable());
    }
}
