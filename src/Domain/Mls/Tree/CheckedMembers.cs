using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;

namespace Skytale.Mls.Tree;

/// <summary>
/// What is known of the last tree that passed <see cref="TreeValidation.CheckMembers"/>, shared by the trees that were
/// copied from it. A commit changes a few nodes of thousands; nodes are replaced and never change, so those few are found
/// by reference, and they alone are checked against the rest. What does not pass here is judged by the full check.
/// </summary>
internal sealed class CheckedMembers
{
    private readonly Lock _gate = new();
    private readonly GroupRequirements _requirements;
    private readonly HashSet<Opaque> _signatureKeys;
    private readonly HashSet<Opaque> _encryptionKeys;
    private readonly HashSet<CredentialType> _credentialTypes;
    private LeafNode?[] _leaves;
    private ParentNode?[] _parents;

    /// <param name="tree">A tree that passed the full check.</param>
    /// <param name="signatureKeys">Those of its leaves; taken over.</param>
    /// <param name="encryptionKeys">Those of its leaves and parents; taken over.</param>
    public CheckedMembers(RatchetTree tree, GroupRequirements requirements, HashSet<Opaque> signatureKeys, HashSet<Opaque> encryptionKeys)
    {
        _requirements = requirements;
        _signatureKeys = signatureKeys;
        _encryptionKeys = encryptionKeys;
        _credentialTypes = requirements.CredentialTypes(tree);
        _leaves = tree.LeafNodes.ToArray();
        _parents = tree.ParentNodes.ToArray();
    }

    /// <summary>
    /// True when the tree certainly passes the full check, by its difference to the last tree that did; it is then the
    /// last itself. False says nothing but that the full check has to be made.
    /// </summary>
    public bool Covers(RatchetTree tree, GroupRequirements requirements)
    {
        if (!_requirements.Equals(requirements))
            return false;
        lock (_gate)
        {
            var leaves = Changes(_leaves, tree.LeafNodes);
            var parents = Changes(_parents, tree.ParentNodes);
            var signatureKeys = new KeyChanges();
            var encryptionKeys = new KeyChanges();
            foreach (var (_, before, after) in leaves)
            {
                if (after is not null && !IsFit(after))
                    return false;
                signatureKeys.Add(before?.SignatureKey.Value, after?.SignatureKey.Value);
                encryptionKeys.Add(before?.EncryptionKey.Value, after?.EncryptionKey.Value);
            }
            foreach (var (_, before, after) in parents)
                encryptionKeys.Add(before?.EncryptionKey.Value, after?.EncryptionKey.Value);
            if (!signatureKeys.KeepUnique(_signatureKeys) || !encryptionKeys.KeepUnique(_encryptionKeys))
                return false;

            signatureKeys.ApplyTo(_signatureKeys);
            encryptionKeys.ApplyTo(_encryptionKeys);
            Apply(leaves, ref _leaves, tree.LeafNodes.Length);
            Apply(parents, ref _parents, tree.ParentNodes.Length);
            return true;
        }
    }

    // It keeps the rules by itself, and towards the others: the types in the set are supported by all that were checked.
    private bool IsFit(LeafNode leaf) =>
        _requirements.AreMetBy(leaf) && _credentialTypes.Contains(leaf.Credential.Type) && _credentialTypes.All(leaf.Capabilities.Supports);

    // Beyond its end a tree has blanks.
    private static List<(int Index, T? Before, T? After)> Changes<T>(ReadOnlySpan<T?> before, ReadOnlySpan<T?> after) where T : class
    {
        var changes = new List<(int, T?, T?)>();
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            var (old, present) = (i < before.Length ? before[i] : null, i < after.Length ? after[i] : null);
            if (!ReferenceEquals(old, present))
                changes.Add((i, old, present));
        }
        return changes;
    }

    private static void Apply<T>(List<(int Index, T? Before, T? After)> changes, ref T?[] nodes, int length) where T : class
    {
        Array.Resize(ref nodes, length);
        foreach (var (index, _, after) in changes)
        {
            if (index < length)
                nodes[index] = after;
        }
    }

    /// <summary>The keys that leave a tree and those that come into it; the same key may do both.</summary>
    private sealed class KeyChanges
    {
        private readonly HashSet<Opaque> _gone = [];
        private readonly List<Opaque> _new = [];

        public void Add(Opaque? before, Opaque? after)
        {
            if (before is { } gone)
                _gone.Add(gone);
            if (after is { } come)
                _new.Add(come);
        }

        public bool KeepUnique(HashSet<Opaque> present)
        {
            var seen = new HashSet<Opaque>();
            return _new.TrueForAll(key => seen.Add(key) && (!present.Contains(key) || _gone.Contains(key)));
        }

        public void ApplyTo(HashSet<Opaque> present)
        {
            present.ExceptWith(_gone);
            present.UnionWith(_new);
        }
    }
}
