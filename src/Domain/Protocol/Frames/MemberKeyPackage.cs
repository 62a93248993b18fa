using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// member-key-package = [15, request-id, key-package: mls]

/// <summary>A KeyPackage of the agent, handed out once.</summary>
public sealed record MemberKeyPackage(RequestId RequestId, ReadOnlyMemory<byte> KeyPackage) : AnswerFrame(FrameType.MemberKeyPackage, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(KeyPackage);
    }

    internal static MemberKeyPackage Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadBytes());
}
