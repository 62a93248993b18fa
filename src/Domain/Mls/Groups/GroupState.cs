using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>
/// A member's state as bytes, in three parts that change at different moments, each starting with its version. The parts
/// of one epoch belong together: the ratchets name their group and epoch.
/// </summary>
internal static class GroupState
{
    private const byte Version = 2;

    // struct {
    //     uint8 version = 2;
    //     uint32 own_leaf;
    //     opaque public_group<V>;
    //     opaque epoch_secrets[8]<V>;
    //     struct { uint32 node; opaque private_key<V>; } private_keys<V>;
    //     OwnUpdate own_updates<V>;
    // } EpochState;
    public static Secret WriteEpoch(MlsGroup group)
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        writer.WriteUInt32(group.OwnLeaf.Value);
        writer.WriteOpaque(group.Public.Serialize());
        group.Secrets.WriteTo(writer);
        var keys = writer.BeginVector();
        foreach (var node in group.PrivateKeys.Nodes.Order())
        {
            writer.WriteUInt32(node.Value);
            writer.WriteOpaque(group.PrivateKeys[node]!.PrivateKey.Value.Span);
        }
        writer.EndVector(keys);
        var updates = writer.BeginVector();
        foreach (var update in group.OwnUpdates)
            update.WriteTo(writer);
        writer.EndVector(updates);
        GC.KeepAlive(group);
        return Secret.Copy(writer.WrittenSpan);
    }

    // struct {
    //     uint8 version = 2;
    //     opaque group_id<V>;
    //     uint64 epoch;
    //     ReceivingTree or SendingRatchets;
    // } RatchetState;
    public static Secret WriteReceiving(MlsGroup group)
    {
        using var writer = BeginRatchets(group);
        group.Receiving.WriteTo(writer);
        GC.KeepAlive(group);
        return Secret.Copy(writer.WrittenSpan);
    }

    public static Secret WriteSending(MlsGroup group)
    {
        using var writer = BeginRatchets(group);
        group.Sending.WriteTo(writer);
        GC.KeepAlive(group);
        return Secret.Copy(writer.WrittenSpan);
    }

    public static MlsGroup Read(ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> receiving, ReadOnlySpan<byte> sending, IReadOnlyCollection<SignatureKeyPair> signers)
    {
        using var epochState = Secret.Copy(epoch);
        var reader = new TlsReader(epochState.Memory);
        CheckVersion(ref reader);
        var ownLeaf = LeafIndex.FromWire(reader.ReadUInt32());
        var publicGroup = PublicGroup.Deserialize(reader.ReadOpaque().Span);
        var signer = signers.FirstOrDefault(pair => pair.PublicKey == publicGroup.Tree[ownLeaf]?.SignatureKey)
            ?? throw new MlsException(MlsError.InvalidState, "the own leaf does not have the signature key");
        var secrets = EpochSecrets.ReadFrom(ref reader);
        var privateKeys = ReadKeys(ref reader, publicGroup, ownLeaf);
        var ownUpdates = new List<OwnUpdate>();
        var updates = reader.ReadVectorReader();
        while (updates.Remaining > 0)
            ownUpdates.Add(OwnUpdate.ReadFrom(ref updates, publicGroup.Suite, signers));
        reader.ExpectEnd();

        using var receivingState = Secret.Copy(receiving);
        var receivingReader = BeginRatchets(receivingState, publicGroup);
        var receivingTree = ReceivingTree.ReadFrom(ref receivingReader, publicGroup.Tree.LeafCount);
        receivingReader.ExpectEnd();

        using var sendingState = Secret.Copy(sending);
        var sendingReader = BeginRatchets(sendingState, publicGroup);
        var sendingRatchets = SendingRatchets.ReadFrom(ref sendingReader);
        sendingReader.ExpectEnd();
        var group = new MlsGroup(publicGroup, ownLeaf, signer, secrets, privateKeys, sendingRatchets, receivingTree);
        group.OwnUpdates.AddRange(ownUpdates);
        return group;
    }

    // struct {
    //     uint8 version = 2;
    //     opaque commit<V>;         // MLSMessage
    //     optional<opaque> welcome<V>;
    //     opaque group_info<V>;
    //     opaque epoch<V>;          // EpochState and the RatchetStates of the next epoch
    //     opaque receiving<V>;
    //     opaque sending<V>;
    // } CommitState;
    public static Secret WriteCommit(MlsMessage commit, Welcome? welcome, GroupInfo groupInfo, MlsGroup next)
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        writer.WriteOpaque(Tls.Encode(commit));
        writer.WritePresence(welcome is not null);
        if (welcome is not null)
            writer.WriteOpaque(Tls.Encode(welcome));
        writer.WriteOpaque(Tls.Encode(groupInfo));
        foreach (var part in new Func<MlsGroup, Secret>[] { WriteEpoch, WriteReceiving, WriteSending })
        {
            using var state = part(next);
            writer.WriteOpaque(state.Span);
        }
        return Secret.Copy(writer.WrittenSpan);
    }

    public static (MlsMessage Commit, Welcome? Welcome, GroupInfo GroupInfo, MlsGroup Next) ReadCommit(ReadOnlySpan<byte> state, IReadOnlyCollection<SignatureKeyPair> signers)
    {
        using var copy = Secret.Copy(state);
        var reader = new TlsReader(copy.Memory);
        CheckVersion(ref reader);

        // The public parts are decoded from copies: what they refer to must outlive the state's own memory.
        var commit = Tls.Decode<MlsMessage>(reader.ReadOpaque().Span);
        var welcome = reader.ReadPresence() ? Tls.Decode<Welcome>(reader.ReadOpaque().Span) : null;
        var groupInfo = Tls.Decode<GroupInfo>(reader.ReadOpaque().Span);
        var next = Read(reader.ReadOpaque().Span, reader.ReadOpaque().Span, reader.ReadOpaque().Span, signers);
        reader.ExpectEnd();
        return (commit, welcome, groupInfo, next);
    }

    private static TlsWriter BeginRatchets(MlsGroup group)
    {
        var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        writer.WriteOpaque(group.GroupId);
        writer.WriteUInt64(group.Epoch.Value);
        return writer;
    }

    private static TlsReader BeginRatchets(Secret state, PublicGroup group)
    {
        var reader = new TlsReader(state.Memory);
        CheckVersion(ref reader);
        if (reader.ReadOpaque() != group.GroupId || reader.ReadUInt64() != group.Epoch.Value)
            throw new MlsException(MlsError.InvalidState, "ratchets of another group or epoch");
        return reader;
    }

    private static void CheckVersion(ref TlsReader reader)
    {
        if (reader.ReadUInt8() is not Version and var version)
            throw new MlsException(MlsError.InvalidState, $"version {version}");
    }

    private static TreePrivateKeys ReadKeys(ref TlsReader reader, PublicGroup group, LeafIndex ownLeaf)
    {
        var keys = new TreePrivateKeys(ownLeaf);
        var inner = reader.ReadVectorReader();
        while (inner.Remaining > 0)
        {
            var node = new NodeIndex(inner.ReadUInt32());
            var pair = group.Suite.KeyPairOf(new HpkePrivateKey(Secret.Copy(inner.ReadOpaque().Span)));
            keys.Set(node, pair);
            if (group.Tree.EncryptionKey(node) != pair.PublicKey)
                throw new MlsException(MlsError.InvalidState, $"the key of node {node} is not the tree's");
        }
        return keys;
    }
}
