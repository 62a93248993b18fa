using Skytale.Conformance;
using Skytale.Infrastructure.Tests.MsQuic.Model;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>The MsQuic adapter's own part of the contract, its connections and streams, over a model of System.Net.Quic: on every machine.</summary>
public sealed class MsQuicModelConformance : TransportConformance
{
    protected override ITransport CreateTransport() => new ModelTransport();

    protected override string ReasonSeen(string reason) => "";

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        var counters = ((ModelTransport)transport).Counters;
        counters.LiveConnections.ShouldBe(0);
        counters.LiveStreams.ShouldBe(0);
        return Task.CompletedTask;
    }
}
