using Skytale.Conformance;
using Skytale.Conformance.Memory;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Tests.Framing;

/// <summary>Both ends of a stream in memory, with the transport's own windows.</summary>
internal sealed class StreamPair : IAsyncDisposable
{
    private readonly MemoryTransport _transport;
    private readonly TransportPair _connections;

    private StreamPair(MemoryTransport transport, TransportPair connections, ITransportStream agent, ITransportStream relay)
    {
        _transport = transport;
        _connections = connections;
        Agent = agent;
        Relay = relay;
    }

    /// <summary>The end that opened the stream.</summary>
    public ITransportStream Agent { get; }

    /// <summary>The end that accepted it.</summary>
    public ITransportStream Relay { get; }

    /// <param name="window">Bytes under way at most, in each direction.</param>
    public static async Task<StreamPair> CreateAsync(int window = 1 << 20)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var limits = new TransportLimits { StreamWindow = window };
        var transport = new MemoryTransport(new MemoryNetwork());
        var connections = await TransportPair.CreateAsync(transport, cancellation, limits, limits);
        var (agent, relay) = await connections.OpenAsync(cancellation);
        return new StreamPair(transport, connections, agent, relay);
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _transport.DisposeAsync();
    }
}
