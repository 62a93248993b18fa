using System.Diagnostics.Metrics;
using Skytale.Application.Names;
using Skytale.Names;
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
    private readonly Counter<int> _envelopes;
    private readonly Counter<int> _copies;
    private readonly Counter<int> _dropped;

    /// <summary>Where it is counted, to listen to this relay alone.</summary>
    internal Meter Meter { get; } = new(MeterName);

    public RelayMetrics()
    {
        _connections = Meter.CreateUpDownCounter<int>("skytale.relay.connections", "{connection}", "Connections of agents that have proved who they are.");
        _refused = Meter.CreateCounter<int>("skytale.relay.refused", "{connection}", "Connections that were turned away before that.");
        _refusals = Meter.CreateCounter<int>("skytale.relay.refusals", "{request}", "Requests that were refused, by code: no_key_package when a pool is empty.");
        _envelopes = Meter.CreateCounter<int>("skytale.relay.envelopes", "{envelope}", "Envelopes that came in, by outcome: routed, unmatched when nobody has subscribed the destination, expired.");
        _copies = Meter.CreateCounter<int>("skytale.relay.envelope.copies", "{envelope}", "Mailboxes that they were put into.");
        _dropped = Meter.CreateCounter<int>("skytale.relay.envelope.dropped", "{envelope}", "Envelopes that went because a mailbox was full.");
    }

    /// <summary>Shows what there is of SLIM names now.</summary>
    public void Observe(ActiveNames names)
    {
        Meter.CreateObservableUpDownCounter("skytale.relay.links", () => names.Links, "{link}", "Links of SLIM names.");
        Meter.CreateObservableUpDownCounter("skytale.relay.mailboxes", () => names.Mailboxes, "{mailbox}", "Names that are subscribed, or were a while ago.");
        Meter.CreateObservableUpDownCounter("skytale.relay.mailbox.bytes", () => names.Bytes, "By", "What waits in mailboxes.");
        Meter.CreateObservableCounter("skytale.relay.mailbox.never_taken", () => names.NeverTaken, "{envelope}", "Envelopes that went with mailboxes which nobody took up.");
    }

    public void Published(Published published)
    {
        _envelopes.Add(1, new KeyValuePair<string, object?>("outcome", published.IsExpired ? "expired" : published.Copies == 0 ? "unmatched" : "routed"));
        _copies.Add(published.Copies);
        _dropped.Add(published.Dropped);
    }

    public void Connected(TransportKind kind) => _connections.Add(1, Tag(kind));

    public void Disconnected(TransportKind kind) => _connections.Add(-1, Tag(kind));

    public void Refused(TransportKind kind) => _refused.Add(1, Tag(kind));

    public void RequestRefused(ErrorCode code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code.Name()));

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Tag(TransportKind kind) => new("transport", kind.ToString().ToLowerInvariant());
}
