using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Transport;

public class Ngtcp2TransportConformance : TransportConformance
{
    protected override ITransport CreateTransport() => new Ngtcp2Transport();

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        ((Ngtcp2Transport)transport).Counters.Leaks().ShouldBeEmpty();
        return Task.CompletedTask;
    }
}

/// <summary>The same with listeners of several loops.</summary>
public sealed class Ngtcp2LoopsTransportConformance : Ngtcp2TransportConformance
{
    protected override ITransport CreateTransport() => new Ngtcp2Transport(loops: 3);
}
