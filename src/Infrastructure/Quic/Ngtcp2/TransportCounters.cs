namespace Skytale.Quic.Ngtcp2;

/// <summary>What one transport holds of native memory right now, which ends at zero, and what it has done so far. Any thread.</summary>
internal sealed class TransportCounters
{
    private int _connections;
    private int _streams;
    private int _chunks;
    private long _retries;
    private long _strays;
    private long _packetsSent;
    private long _bytesSent;
    private long _packetsReceived;
    private long _bytesReceived;

    /// <summary>Native connections, those included that only wait for their peer's last packets.</summary>
    internal int LiveConnections => Volatile.Read(ref _connections);

    /// <summary>Streams that ngtcp2 still knows.</summary>
    internal int LiveStreams => Volatile.Read(ref _streams);

    /// <summary>Chunks of unacknowledged stream data.</summary>
    internal int ChunksOut => Volatile.Read(ref _chunks);

    /// <summary>Retry packets sent.</summary>
    internal long Retries => Volatile.Read(ref _retries);

    internal long PacketsSent => Volatile.Read(ref _packetsSent);

    internal long BytesSent => Volatile.Read(ref _bytesSent);

    internal long PacketsReceived => Volatile.Read(ref _packetsReceived);

    internal long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Datagrams that one loop of a port handed to another.</summary>
    internal long Strays => Volatile.Read(ref _strays);

    internal void AddStray() => Interlocked.Increment(ref _strays);

    internal void AddRetry() => Interlocked.Increment(ref _retries);

    internal void AddSent(long packets, long bytes)
    {
        Interlocked.Add(ref _packetsSent, packets);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    internal void AddReceived(long packets, long bytes)
    {
        Interlocked.Add(ref _packetsReceived, packets);
        Interlocked.Add(ref _bytesReceived, bytes);
    }

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);

    internal void AddChunks(int n) => Interlocked.Add(ref _chunks, n);
}
