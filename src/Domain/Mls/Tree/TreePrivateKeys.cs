using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>
/// §4.2: one member's view of the tree's private half: the keys of its leaf and of the nodes above that it knows.
/// Owns what it holds; another epoch's view is another object with copies of its own.
/// </summary>
internal sealed class TreePrivateKeys : IDisposable
{
    private readonly Dictionary<NodeIndex, HpkeKeyPair> _keys = [];

    public TreePrivateKeys(LeafIndex own) => Own = own;

    /// <summary>The member's leaf.</summary>
    public LeafIndex Own { get; }

    /// <summary>The nodes whose private keys are known.</summary>
    public IEnumerable<NodeIndex> Nodes => _keys.Keys;

    /// <summary>The pair of a node, or null when this member does not know it.</summary>
    public HpkeKeyPair? this[NodeIndex node] => _keys.GetValueOrDefault(node);

    /// <summary>Takes a node's key pair over, zeroing the one before.</summary>
    public void Set(NodeIndex node, HpkeKeyPair pair)
    {
        if (_keys.Remove(node, out var old))
            old.Dispose();
        _keys[node] = pair;
    }

    /// <summary>
    /// Copies of the keys that still belong to a tree: nodes that were blanked or set anew by others are left out
    /// (§7.5: outdated key pairs MUST be deleted).
    /// </summary>
    public TreePrivateKeys CopyFor(RatchetTree tree)
    {
        var copy = new TreePrivateKeys(Own);
        foreach (var (node, pair) in _keys)
        {
            if (tree.EncryptionKey(node) == pair.PublicKey)
                copy._keys[node] = new HpkeKeyPair(pair.PublicKey, new HpkePrivateKey(Secret.Copy(pair.PrivateKey.Value.Span)));
        }
        return copy;
    }

    public void Dispose()
    {
        foreach (var pair in _keys.Values)
            pair.Dispose();
        _keys.Clear();
    }
}
