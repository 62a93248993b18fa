using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// accepted = [19, request-id, sequence]

/// <summary>The commit or message stands in the channel's order at this sequence.</summary>
public sealed record Accepted(RequestId RequestId, Sequence Sequence) : AnswerFrame(FrameType.Accepted, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(Sequence);
    }

    internal static Accepted Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadSequence());
}
