using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// done = [29, request-id]

/// <summary>What was asked about an invitation or a request to join is done.</summary>
public sealed record Done(RequestId RequestId) : AnswerFrame(FrameType.Done, RequestId)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
    }

    internal static Done Read(CborReader reader) => new(reader.ReadRequestId());
}
