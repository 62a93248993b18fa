using System.Buffers.Binary;
using Skytale.Protocol.Transport;

namespace Skytale.Tcp.Frames;

/// <summary>What one side allows the other, said once as the first frame.</summary>
/// <remarks>
/// <code>
/// uint32 stream_window;       1 .. 2^31 - 1, bytes
/// uint32 connection_window;   1 .. 2^31 - 1, bytes
/// uint32 max_streams;         0 .. 2^31 - 1, of each kind
/// uint32 idle_timeout;        milliseconds; 0: none
/// </code>
/// </remarks>
internal readonly record struct PeerSettings(int StreamWindow, int ConnectionWindow, int MaxStreams, uint IdleTimeout)
{
    internal const int Size = 16;

    internal static PeerSettings From(TransportLimits limits) =>
        new(limits.StreamWindow, limits.ConnectionWindow, limits.MaxStreams, (uint)Math.Clamp(limits.IdleTimeout.TotalMilliseconds, 0, uint.MaxValue));

    /// <exception cref="MuxViolationException">A value out of its range.</exception>
    internal static PeerSettings Read(ReadOnlySpan<byte> payload)
    {
        var streamWindow = BinaryPrimitives.ReadInt32BigEndian(payload);
        var connectionWindow = BinaryPrimitives.ReadInt32BigEndian(payload[4..]);
        var maxStreams = BinaryPrimitives.ReadInt32BigEndian(payload[8..]);
        if (streamWindow < 1 || connectionWindow < 1 || maxStreams < 0)
            throw new MuxViolationException(MuxError.Settings, "A setting is out of its range.");
        return new PeerSettings(streamWindow, connectionWindow, maxStreams, BinaryPrimitives.ReadUInt32BigEndian(payload[12..]));
    }

    internal void Write(Span<byte> payload)
    {
        BinaryPrimitives.WriteInt32BigEndian(payload, StreamWindow);
        BinaryPrimitives.WriteInt32BigEndian(payload[4..], ConnectionWindow);
        BinaryPrimitives.WriteInt32BigEndian(payload[8..], MaxStreams);
        BinaryPrimitives.WriteUInt32BigEndian(payload[12..], IdleTimeout);
    }
}
