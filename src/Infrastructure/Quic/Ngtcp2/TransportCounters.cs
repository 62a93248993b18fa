namespace Skytale.Quic.Ngtcp2;

/// <summary>What one transport holds of native memory right now, which ends at zero, and what it has done so far. Any thread.</summary>
internal sealed class TransportCounters
{
    private int _connections;
    private int _streams;
    private int _chunks;
    private int _connectionIds;
    private int _sessions;
    private long _retries;
    private long _keyUpdates;
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

    /// <summary>Connection ids that datagrams are looked up by.</summary>
    internal int LiveConnectionIds => Volatile.Read(ref _connectionIds);

    /// <summary>GnuTLS sessions.</summary>
    internal int LiveSessions => Volatile.Read(ref _sessions);

    /// <summary>Retry packets sent.</summary>
    internal long Retries => Volatile.Read(ref _retries);

    /// <summary>Keys that this side was the first to take.</summary>
    internal long KeyUpdates => Volatile.Read(ref _keyUpdates);

    internal long PacketsSent => Volatile.Read(ref _packetsSent);

    internal long BytesSent => Volatile.Read(ref _bytesSent);

    internal long PacketsReceived => Volatile.Read(ref _packetsReceived);

    internal long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>What is still held, in words; empty when that is nothing.</summary>
    internal string Leaks() => string.Join(", ", new (string Name, int Count)[]
    {
        ("connections", LiveConnections), ("connection ids", LiveConnectionIds), ("sessions", LiveSessions), ("streams", LiveStreams), ("chunks", ChunksOut),
    }.Where(held => held.Count != 0).Select(held => $"{held.Count} {held.Name}"));

    internal void AddRetry() => Interlocked.Increment(ref _retries);

    internal void AddKeyUpdate() => Interlocked.Increment(ref _keyUpdates);

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

    internal void AddConnectionIds(int n) => Interlocked.Add(ref _connectionIds, n);

    internal void AddSessions(int n) => Interlocked.Add(ref _sessions, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);

    internal void AddChunks(int n) => Interlocked.Add(ref _chunks, n);
}
