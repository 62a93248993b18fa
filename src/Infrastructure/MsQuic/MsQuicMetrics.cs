using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// One transport's <see cref="MsQuicCounters"/> as instruments. Packets, retries, round trips and queues are missing:
/// System.Net.Quic does not tell them.
/// </summary>
internal sealed class MsQuicMetrics : IDisposable
{
    private readonly TransportInstruments _instruments = new(MsQuicTransport.MeterName, "msquic");

    internal MsQuicMetrics(MsQuicCounters counters)
    {
        _instruments.Level("connections", "{connection}", "Connections.", () => counters.LiveConnections);
        _instruments.Level("streams", "{stream}", "Open streams.", () => counters.LiveStreams);
        _instruments.Traffic("io", "By", "Bytes of streams, without what QUIC adds.", () => (counters.BytesSent, counters.BytesReceived));
    }

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) => _instruments.OnHandshakeEnded(server, completed);

    public void Dispose() => _instruments.Dispose();
}
