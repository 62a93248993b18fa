using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// subscribed = [33, request-id, last: sequence]

/// <summary>Delivery begins; the channel's newest entry has this sequence.</summary>
public sealed record Subscribed(RequestId RequestId, Sequence Last) : AnswerFrame(FrameType.Subscribed, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(Last);
    }

    internal static Subscribed Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadSequence());
}
