namespace Skytale.Quic.Ngtcp2;

/// <summary>What one transport holds of native memory right now; tests bring all of it back to zero.</summary>
internal sealed class TransportCounters
{
    private int _connections;
    private int _streams;
    private int _chunks;

    /// <summary>Native connections, those included that only wait for their peer's last packets.</summary>
    internal int LiveConnections => Volatile.Read(ref _connections);

    /// <summary>Streams that ngtcp2 still knows.</summary>
    internal int LiveStreams => Volatile.Read(ref _streams);

    /// <summary>Chunks of unacknowledged stream data.</summary>
    internal int ChunksOut => Volatile.Read(ref _chunks);

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);

    internal void AddChunks(int n) => Interlocked.Add(ref _chunks, n);
}
