using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>The largest value that each instrument of a meter gave, by its tags' values.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _largest = new();
    private readonly MeterListener _listener = new();

    internal HeardMetrics(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    internal void Collect() => _listener.RecordObservableInstruments();

    internal double Largest(string instrument, string tags = "") => _largest.GetValueOrDefault($"{instrument} {tags}".TrimEnd());

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var tag in tags)
            key += $" {tag.Value}";
        _largest.AddOrUpdate(key, value, (_, before) => Math.Max(before, value));
    }
}
