using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// subscribe = [32, request-id, channel-id, after: sequence]

/// <summary>The first frame of a delivery stream: everything of the channel behind this sequence, then whatever comes.</summary>
public sealed record Subscribe(RequestId RequestId, ChannelId ChannelId, Sequence After) : RequestFrame(FrameType.Subscribe, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(After);
    }

    internal static Subscribe Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadSequence());
}
