using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

public sealed class MsQuicTransportConformance : TransportConformance, IDisposable
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public MsQuicTransportConformance() => Assert.SkipUnless(QuicListener.IsSupported, "libmsquic is not installed");

    public void Dispose() => _silent.Dispose();

    protected override ITransport CreateTransport() => new MsQuicTransport();

    /// <summary>System.Net.Quic has no parameter for it.</summary>
    protected override string ReasonSeen(string reason) => "";

    /// <summary>MsQuic listens to ICMP, by which a port that is not bound is told at once; silence is a socket that is bound and says nothing.</summary>
    protected override Task<IPEndPoint> NobodyAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return Task.FromResult((IPEndPoint)_silent.LocalEndPoint!);
    }

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        var counters = ((MsQuicTransport)transport).Counters;
        counters.LiveConnections.ShouldBe(0);
        counters.LiveStreams.ShouldBe(0);
        return Task.CompletedTask;
    }
}
