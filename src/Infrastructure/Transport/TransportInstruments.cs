using System.Diagnostics.Metrics;

namespace Skytale.Transport;

/// <summary>
/// The instruments that every transport has, under names of its own: <c>skytale.NAME.connections</c>, <c>streams</c>,
/// <c>send_queue</c>, <c>io</c> and <c>handshakes</c>. What is counted is only read when somebody collects.
/// </summary>
internal sealed class TransportInstruments : IDisposable
{
    private readonly string _prefix;
    private readonly Counter<long> _handshakes;

    /// <param name="meterName">Such as Skytale.Quic.</param>
    /// <param name="name">Such as quic.</param>
    internal TransportInstruments(string meterName, string name)
    {
        Meter = new Meter(meterName);
        _prefix = $"skytale.{name}.";
        _handshakes = Meter.CreateCounter<long>($"{_prefix}handshakes", "{handshake}", "Handshakes that have ended, by role and outcome.");
    }

    /// <summary>For what only one transport has.</summary>
    internal Meter Meter { get; }

    /// <summary>What is now, and goes up and down.</summary>
    internal void Level(string name, string unit, string description, Func<long> value) =>
        Meter.CreateObservableUpDownCounter(_prefix + name, value, unit, description);

    /// <summary>What was sent and received since the start.</summary>
    internal void Traffic(string name, string unit, string description, Func<(long Sent, long Received)> value) =>
        Meter.CreateObservableCounter(_prefix + name, () => Directed(value()), unit, description);

    /// <summary>Any thread.</summary>
    internal void OnHandshakeEnded(bool server, bool completed) =>
        _handshakes.Add(1, new("role", server ? "server" : "client"), new("outcome", completed ? "completed" : "failed"));

    public void Dispose() => Meter.Dispose();

    private static Measurement<long>[] Directed((long Sent, long Received) value) =>
        [new(value.Sent, new KeyValuePair<string, object?>("direction", "sent")), new(value.Received, new KeyValuePair<string, object?>("direction", "received"))];
}
