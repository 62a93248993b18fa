using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>What one transport holds right now, which is zero once it is disposed, and what it has done so far. Any thread.</summary>
public sealed class TlsCounters
{
    private int _connections;
    private int _streams;
    private int _handshakes;
    private int _unaccepted;
    private long _bytesSent;
    private long _bytesReceived;

    /// <summary>Connections that are past TLS and whose socket is open.</summary>
    public int LiveConnections => Volatile.Read(ref _connections);

    /// <summary>Streams of which a direction is still open.</summary>
    public int LiveStreams => Volatile.Read(ref _streams);

    /// <summary>Buffers that are rented: data that was received and not read, or waits to be sent, and what the loops work on.</summary>
    public int BuffersOut => Received.Out + ToSend.Out + Work.Out;

    /// <summary>Handshakes at listeners that are not decided.</summary>
    internal int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>Complete connections that nobody has accepted yet.</summary>
    internal int Unaccepted => Volatile.Read(ref _unaccepted);

    /// <summary>Bytes of frames.</summary>
    internal long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Bytes of frames.</summary>
    internal long BytesReceived => Volatile.Read(ref _bytesReceived);

    internal RentedBuffers Received { get; } = new();

    internal RentedBuffers ToSend { get; } = new();

    /// <summary>Those of the reading and writing loops.</summary>
    internal RentedBuffers Work { get; } = new();

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal void AddStreams(int n) => Interlocked.Add(ref _streams, n);

    internal void AddHandshakes(int n) => Interlocked.Add(ref _handshakes, n);

    internal void AddUnaccepted(int n) => Interlocked.Add(ref _unaccepted, n);

    internal void AddSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    internal void AddReceived(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);
}
