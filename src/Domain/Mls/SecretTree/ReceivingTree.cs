using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.Mls.SecretTree;

/// <summary>
/// §9: the secret tree of an epoch, as far as it serves to read the others' messages. It holds the secrets that nothing
/// was derived from yet, none of which is above the own leaf, and the ratchets of the leaves that sent something.
/// </summary>
internal sealed class ReceivingTree : IDisposable
{
    private readonly NodeIndex _root;
    private readonly Dictionary<NodeIndex, Secret> _nodes;
    private readonly Dictionary<LeafIndex, LeafRatchets> _leaves;

    private ReceivingTree? _movedTo;

    private ReceivingTree(NodeIndex root, Dictionary<NodeIndex, Secret> nodes, Dictionary<LeafIndex, LeafRatchets> leaves)
    {
        _root = root;
        _nodes = nodes;
        _leaves = leaves;
    }

    /// <summary>
    /// Splits an epoch's tree into the own leaf's ratchets, for sending, and the rest. Consumes the encryption_secret.
    /// </summary>
    public static (SendingRatchets Sending, ReceivingTree Receiving) Split(CipherSuite suite, Secret encryptionSecret, int leafCount, LeafIndex ownLeaf)
    {
        var root = TreeMath.Root(leafCount);
        var tree = new ReceivingTree(root, new Dictionary<NodeIndex, Secret> { [root] = encryptionSecret }, []);
        var (above, beside, leafSecret) = tree.Descend(suite, ownLeaf);
        using (leafSecret)
        {
            tree.Replace(above, beside);
            return (SendingRatchets.FromLeaf(suite, leafSecret), tree);
        }
    }

    /// <summary>Leaves of the epoch's tree, blank ones included.</summary>
    public int LeafCount => (int)_root.Value + 1;

    /// <summary>Where what this tree held is now: for a key that was opened before <see cref="Move"/> and is consumed after it.</summary>
    public ReceivingTree Holder => _movedTo ?? this;

    /// <summary>All that this tree holds, in another one: this one is empty afterwards, as if every key were consumed.</summary>
    public ReceivingTree Move()
    {
        var moved = new ReceivingTree(_root, new Dictionary<NodeIndex, Secret>(_nodes), new Dictionary<LeafIndex, LeafRatchets>(_leaves));
        _nodes.Clear();
        _leaves.Clear();
        _movedTo = moved;
        return moved;
    }

    /// <summary>The key of a generation of another member's ratchet; nothing changes until it is taken.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.GenerationConsumed"/> or <see cref="MlsError.GenerationTooFarAhead"/>.</exception>
    public StagedKey Stage(CipherSuite suite, LeafIndex leaf, bool handshake, Generation generation)
    {
        if (_leaves.TryGetValue(leaf, out var known))
            return (handshake ? known.Handshake : known.Application).Stage(suite, generation);

        var (above, beside, leafSecret) = Descend(suite, leaf);
        using (leafSecret)
        {
            var staged = new StagedLeaf(this, leaf, above, beside, LeafRatchets.FromLeaf(suite, leafSecret));
            try
            {
                var key = (handshake ? staged.Ratchets.Handshake : staged.Ratchets.Application).Stage(suite, generation);
                key.NewLeaf = staged;
                return key;
            }
            catch (MlsException)
            {
                staged.Dispose();
                throw;
            }
        }
    }

    public void Take(LeafIndex leaf, NodeIndex above, Dictionary<NodeIndex, Secret> beside, LeafRatchets ratchets)
    {
        Replace(above, beside);
        _leaves.Add(leaf, ratchets);
    }

    public void WriteTo(TlsWriter writer)
    {
        var nodes = writer.BeginVector();
        foreach (var (index, secret) in _nodes.OrderBy(node => node.Key))
        {
            writer.WriteUInt32(index.Value);
            writer.WriteOpaque(secret.Span);
        }
        writer.EndVector(nodes);
        var leaves = writer.BeginVector();
        foreach (var (index, ratchets) in _leaves.OrderBy(leaf => leaf.Key))
        {
            writer.WriteUInt32(index.Value);
            ratchets.WriteTo(writer);
        }
        writer.EndVector(leaves);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote, for a tree of so many leaves.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/> or a codec error.</exception>
    public static ReceivingTree ReadFrom(ref TlsReader reader, int leafCount)
    {
        var tree = new ReceivingTree(TreeMath.Root(leafCount), [], []);
        var nodes = reader.ReadVectorReader();
        while (nodes.Remaining > 0)
        {
            if (!tree._nodes.TryAdd(new NodeIndex(nodes.ReadUInt32()), Secret.Copy(nodes.ReadOpaque().Span)))
                throw new MlsException(MlsError.InvalidState, "a node of the secret tree stands twice");
        }
        var leaves = reader.ReadVectorReader();
        while (leaves.Remaining > 0)
        {
            if (!tree._leaves.TryAdd(LeafIndex.FromWire(leaves.ReadUInt32()), LeafRatchets.ReadFrom(ref leaves)))
                throw new MlsException(MlsError.InvalidState, "a leaf of the secret tree stands twice");
        }
        return tree;
    }

    public void Dispose()
    {
        foreach (var secret in _nodes.Values)
            secret.Dispose();
        foreach (var ratchets in _leaves.Values)
            ratchets.Dispose();
        _nodes.Clear();
        _leaves.Clear();
    }

    private void Replace(NodeIndex above, Dictionary<NodeIndex, Secret> beside)
    {
        _nodes.Remove(above, out var consumed);
        consumed!.Dispose();
        foreach (var (index, secret) in beside)
            _nodes.Add(index, secret);
    }

    // From the root to the leaf: the first secret on the way (there is at most one), then down from it, keeping the
    // other child of every node that is passed.
    private (NodeIndex Above, Dictionary<NodeIndex, Secret> Beside, Secret LeafSecret) Descend(CipherSuite suite, LeafIndex leaf)
    {
        if (!_root.Covers(leaf))
            throw new MlsException(MlsError.UnknownSender, $"leaf {leaf} is outside the tree");
        var at = _root;
        while (!_nodes.ContainsKey(at))
        {
            if (at.IsLeaf)
                throw new MlsException(MlsError.GenerationConsumed, $"no secret for leaf {leaf}");
            at = at.Left.Covers(leaf) ? at.Left : at.Right;
        }
        var above = at;
        var beside = new Dictionary<NodeIndex, Secret>();
        var secret = _nodes[at].Duplicate();
        while (!at.IsLeaf)
        {
            using var parent = secret;
            // tree_node_[left(N)]_secret = ExpandWithLabel(tree_node_[N]_secret, "tree", "left", KDF.Nh); right alike
            var left = suite.ExpandWithLabel(parent, Labels.Tree, Labels.Left, suite.HashSize);
            var right = suite.ExpandWithLabel(parent, Labels.Tree, Labels.Right, suite.HashSize);
            var goesLeft = at.Left.Covers(leaf);
            beside.Add(goesLeft ? at.Right : at.Left, goesLeft ? right : left);
            secret = goesLeft ? left : right;
            at = goesLeft ? at.Left : at.Right;
        }
        return (above, beside, secret);
    }
}
