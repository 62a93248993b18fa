using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Benchmarks.Soak;

/// <summary>The sums of the transports' instruments in this process.</summary>
internal sealed class TransportMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    internal TransportMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Ngtcp2Transport.MeterName && instrument is ObservableUpDownCounter<int> or ObservableUpDownCounter<long>)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        _listener.Start();
    }

    /// <summary>Connections, streams and bytes of the send queue right now.</summary>
    internal (long Connections, long Streams, long SendQueue) Read()
    {
        _sums.Clear();
        _listener.RecordObservableInstruments();
        return (Sum("skytale.quic.connections"), Sum("skytale.quic.streams"), Sum("skytale.quic.send_queue"));
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long value) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);

    private long Sum(string name) => _sums.GetValueOrDefault(name);
}
