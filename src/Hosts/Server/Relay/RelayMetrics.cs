using System.Diagnostics.Metrics;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>What the relay counts of its agents' connections, by what carries them.</summary>
internal sealed class RelayMetrics : IDisposable
{
    public const string MeterName = "Skytale.Relay";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<int> _refused;

    public RelayMetrics()
    {
        _connections = _meter.CreateUpDownCounter<int>("skytale.relay.connections", "{connection}", "Connections of agents that have proved who they are.");
        _refused = _meter.CreateCounter<int>("skytale.relay.refused", "{connection}", "Connections that were turned away before that.");
    }

    public void Connected(TransportKind kind) => _connections.Add(1, Tag(kind));

    public void Disconnected(TransportKind kind) => _connections.Add(-1, Tag(kind));

    public void Refused(TransportKind kind) => _refused.Add(1, Tag(kind));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(TransportKind kind) => new("transport", kind.ToString().ToLowerInvariant());
}
