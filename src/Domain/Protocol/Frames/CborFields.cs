using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

/// <summary>The ids as CBOR, and the few readings that frames share.</summary>
internal static class CborFields
{
    public static void Write(this CborWriter writer, RequestId id) => writer.WriteUInt32(id.Value);

    public static void Write(this CborWriter writer, Sequence sequence) => writer.WriteUInt64(sequence.Value);

    public static void Write(this CborWriter writer, ChannelId id) => writer.WriteByteString(id.Bytes.Span);

    public static void Write(this CborWriter writer, InvitationId id) => writer.WriteByteString(id.ToBytes());

    public static void Write(this CborWriter writer, ReadOnlyMemory<byte> bytes) => writer.WriteByteString(bytes.Span);

    public static void Write(this CborWriter writer, MessageId id)
    {
        Span<byte> bytes = stackalloc byte[MessageId.Size];
        id.WriteTo(bytes);
        writer.WriteByteString(bytes);
    }

    public static RequestId ReadRequestId(this CborReader reader) => new(reader.ReadUInt32());

    public static Sequence ReadSequence(this CborReader reader) => new(reader.ReadUInt64());

    /// <summary>A number that the rules call <c>uint</c> and that an int holds.</summary>
    public static int ReadCount(this CborReader reader) => checked((int)reader.ReadUInt32());

    public static ChannelId ReadChannelId(this CborReader reader) => new(reader.ReadDefiniteLengthByteString());

    public static MessageId ReadMessageId(this CborReader reader) => MessageId.FromBytes(reader.ReadDefiniteLengthByteString().Span);

    public static InvitationId ReadInvitationId(this CborReader reader) => InvitationId.FromBytes(reader.ReadDefiniteLengthByteString().Span);

    public static ReadOnlyMemory<byte> ReadBytes(this CborReader reader) => reader.ReadDefiniteLengthByteString();

    public static ReadOnlyMemory<byte> ReadFixedBytes(this CborReader reader, int size)
    {
        var bytes = reader.ReadDefiniteLengthByteString();
        return bytes.Length == size ? bytes : throw Malformed($"{size} bytes expected, not {bytes.Length}");
    }

    /// <summary>An Ed25519 signature (RFC 8032).</summary>
    public static ReadOnlyMemory<byte> ReadSignature(this CborReader reader) => reader.ReadFixedBytes(64);

    public static string ReadText(this CborReader reader, int maxLength)
    {
        var text = reader.ReadTextString();
        return text.Length <= maxLength ? text : throw Malformed($"a text of {text.Length} characters, at most {maxLength} are allowed");
    }

    public static AgentId ReadAgentId(this CborReader reader) =>
        AgentId.TryParse(reader.ReadTextString(), out var id) ? id : throw Malformed("not a canonical Ed25519 did:key");

    public static ChannelName ReadChannelName(this CborReader reader) =>
        ChannelName.TryParse(reader.ReadTextString(), out var name) ? name : throw Malformed("not a channel name of the form org/namespace/service");

    /// <summary>Begins an array of definite length with this many entries.</summary>
    public static void ReadArrayOf(this CborReader reader, int entries)
    {
        if (reader.ReadStartArray() is var length && length != entries)
            throw Malformed($"an array of {entries} entries expected, not of {length}");
    }

    /// <summary>True when the next item was null, which is then behind.</summary>
    public static bool TryReadNull(this CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
            return false;
        reader.ReadNull();
        return true;
    }

    public static ProtocolException Malformed(string what) => new(ErrorCode.MalformedFrame, $"Malformed frame: {what}.");
}
