using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>
/// What is left of an epoch that was merged away: enough to read its late messages and tell who sent them, and nothing
/// that leads into another epoch, sends, or exports.
/// </summary>
internal sealed class PastEpoch : IReadableEpoch, IDisposable
{
    // Who stood at which leaf then: a leaf of the present tree may be somebody else's by now.
    private readonly Dictionary<LeafIndex, MessageSender> _senders;

    private PastEpoch(GroupContext context, LeafIndex ownLeaf, Secret senderData, ReceivingTree receiving, Dictionary<LeafIndex, MessageSender> senders)
    {
        Suite = CipherSuite.Get(context.CipherSuite);
        Context = context;
        OwnLeaf = ownLeaf;
        SenderData = senderData;
        Receiving = receiving;
        _senders = senders;
    }

    public CipherSuite Suite { get; }

    public GroupContext Context { get; }

    public LeafIndex OwnLeaf { get; }

    public Secret SenderData { get; }

    public ReceivingTree Receiving { get; }

    public void CheckReadable(PrivateMessage message) => OpenedPrivateMessage.CheckIsOf(Context, message);

    public MessageSender? SenderAt(LeafIndex leaf) => _senders.TryGetValue(leaf, out var sender) ? sender : null;

    /// <summary>Moves the receiving ratchets out of a group's state, which reads nothing afterwards, and copies the rest.</summary>
    public static PastEpoch TakeFrom(MlsGroup group) => new(
        group.Public.Context,
        group.OwnLeaf,
        group.Secrets.SenderData.Duplicate(),
        group.Receiving.Move(),
        group.Public.Members.Where(member => member.Index != group.OwnLeaf).ToDictionary(member => member.Index, member => MessageSender.Of(member.Leaf)));

    // struct {
    //     opaque group_context<V>;
    //     uint32 own_leaf;
    //     struct { uint32 leaf; SignaturePublicKey signature_key; Credential credential; } senders<V>;
    //     opaque sender_data_secret<V>;
    //     uint32 leaf_count;
    //     ReceivingTree receiving;
    // } PastEpoch;
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(Context.Encode());
        writer.WriteUInt32(OwnLeaf.Value);
        var senders = writer.BeginVector();
        foreach (var (leaf, sender) in _senders.OrderBy(sender => sender.Key))
        {
            writer.WriteUInt32(leaf.Value);
            writer.Write(sender.SignatureKey);
            writer.Write(sender.Credential);
        }
        writer.EndVector(senders);
        writer.WriteOpaque(SenderData.Span);
        writer.WriteUInt32((uint)Receiving.LeafCount);
        Receiving.WriteTo(writer);
        GC.KeepAlive(this);
    }

    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/> or a codec error.</exception>
    public static PastEpoch ReadFrom(ref TlsReader reader)
    {
        // The public parts are decoded from copies: what they refer to must outlive the state's own memory.
        var context = Tls.Decode<GroupContext>(reader.ReadOpaque().Span);
        var ownLeaf = LeafIndex.FromWire(reader.ReadUInt32());
        var senders = ReadSenders(Opaque.Copy(reader.ReadOpaque().Span));
        var senderData = Secret.Copy(reader.ReadOpaque().Span);
        var leafCount = reader.ReadUInt32();
        if (leafCount is 0 or > RatchetTree.MaxLeaves || !uint.IsPow2(leafCount))
            throw new MlsException(MlsError.InvalidState, $"a tree of {leafCount} leaves");
        return new PastEpoch(context, ownLeaf, senderData, ReceivingTree.ReadFrom(ref reader, (int)leafCount), senders);
    }

    public void Dispose()
    {
        SenderData.Dispose();
        Receiving.Dispose();
    }

    private static Dictionary<LeafIndex, MessageSender> ReadSenders(Opaque bytes)
    {
        var senders = new Dictionary<LeafIndex, MessageSender>();
        var reader = new TlsReader(bytes.Memory);
        while (reader.Remaining > 0)
        {
            var leaf = LeafIndex.FromWire(reader.ReadUInt32());
            if (!senders.TryAdd(leaf, new MessageSender(SignaturePublicKey.ReadFrom(ref reader), Credential.ReadFrom(ref reader))))
                throw new MlsException(MlsError.InvalidState, $"leaf {leaf} stands twice");
        }
        return senders;
    }
}
