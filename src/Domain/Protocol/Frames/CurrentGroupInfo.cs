using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// current-group-info = [24, request-id, epoch, group-info: mls]

/// <summary>The epoch that the channel is in, and its GroupInfo.</summary>
/// <param name="GroupInfo">MLSMessage(GroupInfo) with the ratchet tree, as the commit to that epoch brought it.</param>
public sealed record CurrentGroupInfo(RequestId RequestId, ulong Epoch, ReadOnlyMemory<byte> GroupInfo) : AnswerFrame(FrameType.CurrentGroupInfo, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.WriteUInt64(Epoch);
        writer.Write(GroupInfo);
    }

    internal static CurrentGroupInfo Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadUInt64(), reader.ReadBytes());
}
