using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Transport;

public sealed class Ngtcp2TransportConformance : TransportConformance
{
    protected override ITransport CreateTransport() => new Ngtcp2Transport();

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        ((Ngtcp2Transport)transport).Counters.Leaks().ShouldBeEmpty();
        return Task.CompletedTask;
    }
}
