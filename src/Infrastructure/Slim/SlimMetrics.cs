using System.Diagnostics.Metrics;
using Skytale.Slim.Grpc;

namespace Skytale.Slim;

/// <summary>What the proxy counts.</summary>
internal sealed class SlimMetrics : IDisposable
{
    public const string MeterName = "Skytale.Slim";

    private readonly UpDownCounter<int> _links;
    private readonly Counter<int> _ended;
    private readonly Counter<long> _received;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _dropped;

    /// <summary>Where it is counted, to listen to this proxy alone.</summary>
    internal Meter Meter { get; } = new(MeterName);

    public SlimMetrics()
    {
        _links = Meter.CreateUpDownCounter<int>("skytale.slim.links", "{link}", "Negotiated links of applications.");
        _ended = Meter.CreateCounter<int>("skytale.slim.ended", "{link}", "Links that this side ended, by gRPC status.");
        _received = Meter.CreateCounter<long>("skytale.slim.received", "{message}", "Messages that applications published.");
        _delivered = Meter.CreateCounter<long>("skytale.slim.delivered", "{message}", "Messages that applications were sent.");
        _dropped = Meter.CreateCounter<long>("skytale.slim.dropped", "{message}", "Messages that went no further, by reason.");
    }

    public void Opened() => _links.Add(1);

    public void Closed() => _links.Add(-1);

    public void Ended(GrpcStatus status) => _ended.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));

    public void Received() => _received.Add(1);

    public void Delivered() => _delivered.Add(1);

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => Meter.Dispose();
}
