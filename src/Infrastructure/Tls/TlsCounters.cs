namespace Skytale.Tls;

/// <summary>What one transport holds right now; all of it is zero once the transport is disposed.</summary>
public sealed class TlsCounters
{
    private int _connections;
    private int _streams;

    /// <summary>Connections that are past TLS and whose socket is open.</summary>
    public int LiveConnections => Volatile.Read(ref _connections);

    /// <summary>Streams of which a direction is still open.</summary>
    public int LiveStreams => Volatile.Read(ref _streams);

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);
}
