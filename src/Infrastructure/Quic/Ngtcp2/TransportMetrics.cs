using System.Diagnostics.Metrics;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// One transport's <see cref="TransportCounters"/> as instruments. What the loops count is only read when somebody collects;
/// durations are recorded as they happen. ngtcp2 1.11 tells no lost packets: those are in the qlog.
/// </summary>
internal sealed class TransportMetrics : IDisposable
{
    private readonly TransportInstruments _instruments = new(Ngtcp2Transport.MeterName, "quic");
    private readonly Histogram<double> _roundTrip;

    internal TransportMetrics(TransportCounters counters)
    {
        _instruments.Level("connections", "{connection}", "Connections, those included that wait for their peer's last packets.", () => counters.LiveConnections);
        _instruments.Level("streams", "{stream}", "Open streams.", () => counters.LiveStreams);
        _instruments.Level("send_queue", "By", "Memory of stream data that waits to be sent or acknowledged.", () => (long)counters.ChunksOut * ChunkPool.ChunkSize);
        _instruments.Traffic("packets", "{packet}", "Datagrams, those of no connection included.", () => (counters.PacketsSent, counters.PacketsReceived));
        _instruments.Traffic("io", "By", "Bytes of these datagrams, without their UDP headers.", () => (counters.BytesSent, counters.BytesReceived));
        _instruments.Meter.CreateObservableCounter("skytale.quic.retries", () => counters.Retries, "{packet}", "Retry packets sent to clients that had to show their address.");
        _roundTrip = _instruments.Meter.CreateHistogram<double>("skytale.quic.round_trip", "s", "Smoothed round trip time (RFC 9002 § 5.3) at the end of a handshake and of a connection.");
    }

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) => _instruments.OnHandshakeEnded(server, completed);

    /// <summary>Any thread.</summary>
    internal void OnRoundTripKnown(ulong nanoseconds) => _roundTrip.Record(nanoseconds / 1e9);

    public void Dispose() => _instruments.Dispose();
}
