using System.Buffers.Binary;

namespace Skytale.Tcp.Frames;

/// <summary>What stands before every payload.</summary>
/// <remarks>
/// <code>
/// uint8  type;
/// uint24 length;     the payload's
/// uint64 stream_id;  0 for frames of the connection
/// </code>
/// </remarks>
internal readonly record struct FrameHeader(FrameType Type, int Length, ulong StreamId)
{
    internal const int Size = 12;
    internal const int MaxPayload = 16 << 10;
    internal const int MaxReason = 512;
    private const int CodeSize = 8;

    internal static FrameHeader Read(ReadOnlySpan<byte> bytes) =>
        new((FrameType)bytes[0], bytes[1] << 16 | bytes[2] << 8 | bytes[3], BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]));

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Type << 24 | (uint)Length);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], StreamId);
    }

    /// <summary>What can be judged before the payload is there.</summary>
    /// <exception cref="MuxViolationException">An unknown type, a length that is not the type's, or an id on a frame of the connection.</exception>
    internal void Check()
    {
        var (least, most) = Type switch
        {
            FrameType.Settings => (PeerSettings.Size, PeerSettings.Size),
            FrameType.Open or FrameType.Fin or FrameType.Ping or FrameType.Pong => (0, 0),
            FrameType.Data => (1, MaxPayload),
            FrameType.Reset or FrameType.Stop => (CodeSize, CodeSize),
            FrameType.Credit or FrameType.ConnectionCredit => (sizeof(uint), sizeof(uint)),
            FrameType.StreamsCredit => (2 * sizeof(uint), 2 * sizeof(uint)),
            FrameType.Close or FrameType.Abort => (CodeSize, CodeSize + MaxReason),
            _ => throw new MuxViolationException(MuxError.UnknownFrame, $"No frame has the type {(byte)Type}."),
        };
        if (Length < least || Length > most)
            throw new MuxViolationException(MuxError.FrameSize, $"A {Type} of {Length} bytes.");
        var isStreams = Type is FrameType.Open or FrameType.Data or FrameType.Fin or FrameType.Reset or FrameType.Stop or FrameType.Credit;
        if (!isStreams && StreamId != 0)
            throw new MuxViolationException(MuxError.StreamId, $"A {Type} with a stream id.");
    }
}
