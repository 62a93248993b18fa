using System.Diagnostics.Metrics;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>What the relay counts of its agents' connections, by what carries them.</summary>
internal sealed class RelayMetrics : IDisposable
{
    public const string MeterName = "Skytale.Relay";

    private readonly UpDownCounter<int> _connections;
    private readonly Counter<int> _refused;
    private readonly Counter<int> _refusals;

    /// <summary>Where it is counted, to listen to this relay alone.</summary>
    internal Meter Meter { get; } = new(MeterName);

    public RelayMetrics()
    {
        _connections = Meter.CreateUpDownCounter<int>("skytale.relay.connections", "{connection}", "Connections of agents that have proved who they are.");
        _refused = Meter.CreateCounter<int>("skytale.relay.refused", "{connection}", "Connections that were turned away before that.");
        _refusals = Meter.CreateCounter<int>("skytale.relay.refusals", "{request}", "Requests that were refused, by code: no_key_package when a pool is empty.");
    }

    public void Connected(TransportKind kind) => _connections.Add(1, Tag(kind));

    public void Disconnected(TransportKind kind) => _connections.Add(-1, Tag(kind));

    public void Refused(TransportKind kind) => _refused.Add(1, Tag(kind));

    public void RequestRefused(ErrorCode code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code.Name()));

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Tag(TransportKind kind) => new("transport", kind.ToString().ToLowerInvariant());
}
