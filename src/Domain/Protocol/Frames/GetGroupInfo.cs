using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// get-group-info = [23, request-id, channel-id]

/// <summary>A member asks for the GroupInfo of the channel's current epoch, which that epoch's committer signed.</summary>
public sealed record GetGroupInfo(RequestId RequestId, ChannelId ChannelId) : RequestFrame(FrameType.GetGroupInfo, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
    }

    internal static GetGroupInfo Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId());
}
