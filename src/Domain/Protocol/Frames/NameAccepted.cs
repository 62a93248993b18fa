using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// name-accepted = [54, request-id]

/// <summary>A name was subscribed, or a subscription taken back.</summary>
public sealed record NameAccepted(RequestId RequestId) : AnswerFrame(FrameType.NameAccepted, RequestId)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
    }

    internal static NameAccepted Read(CborReader reader) => new(reader.ReadRequestId());
}
