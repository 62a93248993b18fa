using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// key-package-stored = [13, request-id, available: uint]

/// <summary>The KeyPackage is in the pool, which now holds this many.</summary>
public sealed record KeyPackageStored(RequestId RequestId, int Available) : AnswerFrame(FrameType.KeyPackageStored, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.WriteInt32(Available);
    }

    internal static KeyPackageStored Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadCount());
}
