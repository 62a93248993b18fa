using System.Diagnostics.Metrics;

namespace Skytale.MsQuic;

/// <summary>
/// One transport's <see cref="MsQuicCounters"/> as instruments, named as the other QUIC's where they mean the same. Packets,
/// retries, round trips and queues are missing: System.Net.Quic does not tell them.
/// </summary>
internal sealed class MsQuicMetrics : IDisposable
{
    private readonly Meter _meter = new(MsQuicTransport.MeterName);
    private readonly Counter<long> _handshakes;

    internal MsQuicMetrics(MsQuicCounters counters)
    {
        _meter.CreateObservableUpDownCounter("skytale.quic.connections", () => (long)counters.LiveConnections, "{connection}", "Connections.");
        _meter.CreateObservableUpDownCounter("skytale.quic.streams", () => (long)counters.LiveStreams, "{stream}", "Open streams.");
        _meter.CreateObservableCounter("skytale.quic.stream_io", () => Directed(counters.BytesSent, counters.BytesReceived), "By", "Bytes of streams, as applications wrote and could read them.");
        _handshakes = _meter.CreateCounter<long>("skytale.quic.handshakes", "{handshake}", "Handshakes that have ended, by role and outcome.");
    }

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) =>
        _handshakes.Add(1, new("role", server ? "server" : "client"), new("outcome", completed ? "completed" : "failed"));

    public void Dispose() => _meter.Dispose();

    private static Measurement<long>[] Directed(long sent, long received) =>
        [new(sent, new KeyValuePair<string, object?>("direction", "sent")), new(received, new KeyValuePair<string, object?>("direction", "received"))];
}
