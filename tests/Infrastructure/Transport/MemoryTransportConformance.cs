using Skytale.Conformance;
using Skytale.Conformance.Memory;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

public sealed class MemoryTransportConformance : TransportConformance
{
    private readonly MemoryNetwork _network = new();

    protected override ITransport CreateTransport() => new MemoryTransport(_network);

    /// <summary>What ended is garbage, and the network must know no listener and no connection.</summary>
    protected override Task HoldsNothingAsync(ITransport transport)
    {
        _network.ListenerCount.ShouldBe(0);
        _network.ConnectionCount.ShouldBe(0);
        return Task.CompletedTask;
    }
}
