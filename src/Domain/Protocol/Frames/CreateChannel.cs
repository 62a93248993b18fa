using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// create-channel = [10, request-id, channel-name, group-info: mls, welcome: mls]

/// <summary>Opens a channel on the one-member group that the creator built. A repeat of the same bytes has one effect.</summary>
public sealed record CreateChannel(RequestId RequestId, ChannelName Name, ReadOnlyMemory<byte> GroupInfo, ReadOnlyMemory<byte> Welcome) : RequestFrame(FrameType.CreateChannel, RequestId)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.WriteTextString(Name.ToString());
        writer.Write(GroupInfo);
        writer.Write(Welcome);
    }

    internal static CreateChannel Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelName(), reader.ReadBytes(), reader.ReadBytes());
}
