using System.Numerics;
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
    private readonly uint _root;
    private readonly Dictionary<uint, Secret> _nodes;
    private readonly Dictionary<uint, LeafRatchets> _leaves;

    private ReceivingTree(uint root, Dictionary<uint, Secret> nodes, Dictionary<uint, LeafRatchets> leaves)
    {
        _root = root;
        _nodes = nodes;
        _leaves = leaves;
    }

    /// <summary>
    /// Splits an epoch's tree into the own leaf's ratchets, for sending, and the rest. Consumes the encryption_secret.
    /// </summary>
    public static (SendingRatchets Sending, ReceivingTree Receiving) Split(CipherSuite suite, Secret encryptionSecret, uint leafCount, LeafIndex ownLeaf)
    {
        // The root of a full tree of 2^d leaves is node 2^d - 1 (appendix C).
        var root = BitOperations.RoundUpToPowerOf2(leafCount) - 1;
        var tree = new ReceivingTree(root, new Dictionary<uint, Secret> { [root] = encryptionSecret }, []);
        var (above, beside, leafSecret) = tree.Descend(suite, ownLeaf);
        using (leafSecret)
        {
            tree.Replace(above, beside);
            return (SendingRatchets.FromLeaf(suite, leafSecret), tree);
        }
    }

    /// <summary>The key of a generation of another member's ratchet; nothing changes until it is taken.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.GenerationConsumed"/> or <see cref="MlsError.GenerationTooFarAhead"/>.</exception>
    public StagedKey Stage(CipherSuite suite, LeafIndex leaf, bool handshake, Generation generation)
    {
        if (_leaves.TryGetValue(leaf.Value, out var known))
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

    public void Take(LeafIndex leaf, uint above, Dictionary<uint, Secret> beside, LeafRatchets ratchets)
    {
        Replace(above, beside);
        _leaves.Add(leaf.Value, ratchets);
    }

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt32(_root);
        var nodes = writer.BeginVector();
        foreach (var (index, secret) in _nodes.OrderBy(node => node.Key))
        {
            writer.WriteUInt32(index);
            writer.WriteOpaque(secret.Span);
        }
        writer.EndVector(nodes);
        var leaves = writer.BeginVector();
        foreach (var (index, ratchets) in _leaves.OrderBy(leaf => leaf.Key))
        {
            writer.WriteUInt32(index);
            ratchets.WriteTo(writer);
        }
        writer.EndVector(leaves);
    }

    public static ReceivingTree ReadFrom(ref TlsReader reader)
    {
        var tree = new ReceivingTree(reader.ReadUInt32(), [], []);
        var nodes = reader.ReadVectorReader();
        while (nodes.Remaining > 0)
            tree._nodes.Add(nodes.ReadUInt32(), Secret.Copy(nodes.ReadOpaque().Span));
        var leaves = reader.ReadVectorReader();
        while (leaves.Remaining > 0)
            tree._leaves.Add(leaves.ReadUInt32(), LeafRatchets.ReadFrom(ref leaves));
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

    private void Replace(uint above, Dictionary<uint, Secret> beside)
    {
        _nodes.Remove(above, out var consumed);
        consumed!.Dispose();
        foreach (var (index, secret) in beside)
            _nodes.Add(index, secret);
    }

    // From the root to the leaf: the first secret on the way (there is at most one), then down from it, keeping the
    // other child of every node that is passed.
    private (uint Above, Dictionary<uint, Secret> Beside, Secret LeafSecret) Descend(CipherSuite suite, LeafIndex leaf)
    {
        var target = leaf.Value * 2;
        if (target > 2 * _root)
            throw new MlsException(MlsError.UnknownSender, $"leaf {leaf} is outside the tree");
        var at = _root;
        while (!_nodes.ContainsKey(at))
        {
            if (at == target)
                throw new MlsException(MlsError.GenerationConsumed, $"no secret for leaf {leaf}");
            at = ChildTowards(target, at, out _);
        }
        var above = at;
        var beside = new Dictionary<uint, Secret>();
        var secret = Secret.Copy(_nodes[at].Span);
        while (at != target)
        {
            using var parent = secret;
            at = ChildTowards(target, at, out var other);
            // tree_node_[left(N)]_secret = ExpandWithLabel(tree_node_[N]_secret, "tree", "left", KDF.Nh); right alike
            var left = suite.ExpandWithLabel(parent, Labels.Tree, Labels.Left, suite.HashSize);
            var right = suite.ExpandWithLabel(parent, Labels.Tree, Labels.Right, suite.HashSize);
            beside.Add(other, at < other ? right : left);
            secret = at < other ? left : right;
        }
        return (above, beside, secret);
    }

    // Appendix C: a node of level k > 0 has children at x ^ 2^(k-1) and x ^ 3*2^(k-1).
    private static uint ChildTowards(uint target, uint node, out uint other)
    {
        var half = 1u << (BitOperations.TrailingZeroCount(~node) - 1);
        var (left, right) = (node ^ half, node ^ (3 * half));
        other = target < node ? right : left;
        return target < node ? left : right;
    }
}
