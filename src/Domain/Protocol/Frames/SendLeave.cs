using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// send-leave = [42, request-id, channel-id, proposal: mls]

/// <summary>
/// A member wants to leave: the others are told, and one of them commits its proposal by reference. Answered with its place in the
/// order. A repeat of the same bytes is answered with the first one's.
/// </summary>
/// <param name="Proposal">MLSMessage(PublicMessage) with the member's SelfRemove proposal for the channel's current epoch.</param>
public sealed record SendLeave(RequestId RequestId, ChannelId ChannelId, ReadOnlyMemory<byte> Proposal) : RequestFrame(FrameType.SendLeave, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Proposal);
    }

    internal static SendLeave Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadBytes());
}
