using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>One transport's <see cref="TlsCounters"/> as instruments.</summary>
internal sealed class TlsMetrics : IDisposable
{
    private readonly TransportInstruments _instruments = new(TlsTransport.MeterName, "tls");

    internal TlsMetrics(TlsCounters counters)
    {
        _instruments.Level("connections", "{connection}", "Connections that are past TLS and whose socket is open.", () => counters.LiveConnections);
        _instruments.Level("streams", "{stream}", "Open streams.", () => counters.LiveStreams);
        _instruments.Level("handshakes_under_way", "{handshake}", "Handshakes at listeners that are not decided.", () => counters.Handshakes);
        _instruments.Level("unaccepted", "{connection}", "Complete connections that the application has not taken.", () => counters.Unaccepted);
        _instruments.Level("send_queue", "By", "Memory of stream data that waits to be sent.", () => (long)counters.ToSend.Out * ByteQueue.SegmentSize);
        _instruments.Traffic("io", "By", "Bytes of frames, without what TLS and TCP add.", () => (counters.BytesSent, counters.BytesReceived));
    }

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) => _instruments.OnHandshakeEnded(server, completed);

    public void Dispose() => _instruments.Dispose();
}
