using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Tls;

namespace Skytale.Infrastructure.Tests.Transport;

public sealed class TlsTransportConformance : TransportConformance, IDisposable
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public void Dispose() => _silent.Dispose();

    protected override ITransport CreateTransport() => new TlsTransport();

    /// <summary>TCP tells at once that a port is not bound; silence is a socket that listens and says nothing.</summary>
    protected override Task<IPEndPoint> NobodyAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _silent.Listen();
        return Task.FromResult((IPEndPoint)_silent.LocalEndPoint!);
    }

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        var counters = ((TlsTransport)transport).Counters;
        counters.LiveConnections.ShouldBe(0);
        counters.LiveStreams.ShouldBe(0);
        counters.BuffersOut.ShouldBe(0);
        counters.Handshakes.ShouldBe(0);
        counters.Unaccepted.ShouldBe(0);
        return Task.CompletedTask;
    }
}
