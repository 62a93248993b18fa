using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-re-adding = [40, channel-id, sequence, epoch, reason: uint, key-package: mls, agent-id, signature]

/// <summary>A member asks to be added again: the others check it for themselves, and one commits the removal of its leaf with the addition of the KeyPackage.</summary>
/// <param name="Epoch">The epoch that the channel is in at this place.</param>
/// <param name="KeyPackage">MLSMessage(KeyPackage).</param>
/// <param name="Member">Who asks.</param>
/// <param name="Signature">That member's, over <see cref="ReAddingContent"/>; 64 bytes.</param>
public sealed record DeliverReAdding(
    ChannelId ChannelId, Sequence Sequence, ulong Epoch, ReAddingReason Reason, ReadOnlyMemory<byte> KeyPackage, AgentId Member, ReadOnlyMemory<byte> Signature)
    : Frame(FrameType.DeliverReAdding)
{
    internal const int Fields = 7;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.WriteUInt64(Epoch);
        writer.WriteInt32((int)Reason);
        writer.Write(KeyPackage);
        writer.WriteTextString(Member.ToString());
        writer.Write(Signature);
    }

    internal static DeliverReAdding Read(CborReader reader) => new(
        reader.ReadChannelId(), reader.ReadSequence(), reader.ReadUInt64(), (ReAddingReason)reader.ReadCount(), reader.ReadBytes(), reader.ReadAgentId(), reader.ReadSignature());
}
