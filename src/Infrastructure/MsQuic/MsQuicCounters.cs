namespace Skytale.MsQuic;

/// <summary>What one transport holds right now, which ends at zero, and the bytes that its streams have carried. Any thread.</summary>
internal sealed class MsQuicCounters
{
    private int _connections;
    private int _streams;
    private long _bytesSent;
    private long _bytesReceived;

    /// <summary>Connections that System.Net.Quic still knows.</summary>
    internal int LiveConnections => Volatile.Read(ref _connections);

    /// <summary>Streams that System.Net.Quic still knows.</summary>
    internal int LiveStreams => Volatile.Read(ref _streams);

    /// <summary>Bytes of streams that MsQuic took, retransmissions and headers not counted.</summary>
    internal long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Bytes of streams that MsQuic gave.</summary>
    internal long BytesReceived => Volatile.Read(ref _bytesReceived);

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);

    internal void AddSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    internal void AddReceived(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);
}
