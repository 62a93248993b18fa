using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// channel-created = [11, request-id, channel-id, welcome: mls]

/// <summary>The channel stands; the Welcome is the creator's own, byte for byte.</summary>
public sealed record ChannelCreated(RequestId RequestId, ChannelId ChannelId, ReadOnlyMemory<byte> Welcome) : AnswerFrame(FrameType.ChannelCreated, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Welcome);
    }

    internal static ChannelCreated Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadBytes());
}
