using System.Diagnostics.Metrics;
using Skytale.Quic.Ngtcp2.Streams;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// One transport's <see cref="TransportCounters"/> as instruments. What the loops count is only read when somebody collects;
/// durations are recorded as they happen. ngtcp2 1.11 tells no lost packets: those are in the qlog.
/// </summary>
internal sealed class TransportMetrics : IDisposable
{
    private readonly Meter _meter = new(Ngtcp2Transport.MeterName);
    private readonly Counter<long> _handshakes;
    private readonly Histogram<double> _roundTrip;

    internal TransportMetrics(TransportCounters counters)
    {
        _meter.CreateObservableUpDownCounter("skytale.quic.connections", () => counters.LiveConnections, "{connection}", "Connections, those included that wait for their peer's last packets.");
        _meter.CreateObservableUpDownCounter("skytale.quic.streams", () => counters.LiveStreams, "{stream}", "Open streams.");
        _meter.CreateObservableUpDownCounter("skytale.quic.send_queue", () => (long)counters.ChunksOut * ChunkPool.ChunkSize, "By", "Memory of stream data that waits to be sent or acknowledged.");
        _meter.CreateObservableCounter("skytale.quic.retries", () => counters.Retries, "{packet}", "Retry packets sent to clients that had to show their address.");
        _meter.CreateObservableCounter("skytale.quic.packets", () => Directed(counters.PacketsSent, counters.PacketsReceived), "{packet}", "Datagrams, those of no connection included.");
        _meter.CreateObservableCounter("skytale.quic.io", () => Directed(counters.BytesSent, counters.BytesReceived), "By", "Bytes of these datagrams, without their UDP headers.");
        _handshakes = _meter.CreateCounter<long>("skytale.quic.handshakes", "{handshake}", "Handshakes that have ended, by role and outcome.");
        _roundTrip = _meter.CreateHistogram<double>("skytale.quic.round_trip", "s", "Smoothed round trip time (RFC 9002 § 5.3) at the end of a handshake and of a connection.");
    }

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) =>
        _handshakes.Add(1, new("role", server ? "server" : "client"), new("outcome", completed ? "completed" : "failed"));

    /// <summary>Any thread.</summary>
    internal void OnRoundTripKnown(ulong nanoseconds) => _roundTrip.Record(nanoseconds / 1e9);

    public void Dispose() => _meter.Dispose();

    private static Measurement<long>[] Directed(long sent, long received) =>
        [new(sent, new KeyValuePair<string, object?>("direction", "sent")), new(received, new KeyValuePair<string, object?>("direction", "received"))];
}
