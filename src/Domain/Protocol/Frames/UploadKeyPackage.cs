using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// upload-key-package = [12, request-id, key-package: mls]

/// <summary>Puts a KeyPackage into the agent's pool, for others to add it with. The same KeyPackage is stored once.</summary>
public sealed record UploadKeyPackage(RequestId RequestId, ReadOnlyMemory<byte> KeyPackage) : RequestFrame(FrameType.UploadKeyPackage, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(KeyPackage);
    }

    internal static UploadKeyPackage Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadBytes());
}
