using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// refused = [5, request-id, code: uint, detail: tstr, current-epoch: uint / null]

/// <summary>A request that was not carried out, or (with request id 0) the handshake.</summary>
public sealed record Refused(RequestId RequestId, ErrorCode Code, string Detail, ulong? CurrentEpoch) : AnswerFrame(FrameType.Refused, RequestId)
{
    /// <summary>Characters of a detail at most.</summary>
    public const int MaxDetail = 1024;

    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.WriteInt32((int)Code);
        writer.WriteTextString(Detail);
        WriteEpoch(writer);
    }

    internal static Refused Read(CborReader reader) => new(reader.ReadRequestId(), (ErrorCode)reader.ReadCount(), reader.ReadText(MaxDetail), ReadEpoch(reader));

    private void WriteEpoch(CborWriter writer)
    {
        if (CurrentEpoch is { } epoch)
            writer.WriteUInt64(epoch);
        else
            writer.WriteNull();
    }

    private static ulong? ReadEpoch(CborReader reader) => reader.TryReadNull() ? null : reader.ReadUInt64();
}
