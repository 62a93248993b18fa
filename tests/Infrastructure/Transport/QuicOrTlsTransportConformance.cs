using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Tcp;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>Both as one transport promise what each does.</summary>
public sealed class QuicOrTlsTransportConformance : TransportConformance, IDisposable
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Dictionary<ITransport, (Ngtcp2Transport Quic, TlsTransport Tls)> _parts = [];

    public void Dispose() => _silent.Dispose();

    protected override ITransport CreateTransport()
    {
        var (quic, tls) = (new Ngtcp2Transport(), new TlsTransport());
        var transport = new QuicOrTlsTransport(() => quic, tls);
        _parts.Add(transport, (quic, tls));
        return transport;
    }

    /// <summary>Nothing is bound over UDP, and over TCP a socket that listens and says nothing.</summary>
    protected override Task<IPEndPoint> NobodyAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _silent.Listen();
        return Task.FromResult((IPEndPoint)_silent.LocalEndPoint!);
    }

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        var (quic, tls) = _parts[transport];
        quic.Counters.LiveConnections.ShouldBe(0);
        quic.Counters.LiveStreams.ShouldBe(0);
        quic.Counters.ChunksOut.ShouldBe(0);
        tls.Counters.LiveConnections.ShouldBe(0);
        tls.Counters.LiveStreams.ShouldBe(0);
        tls.Counters.BuffersOut.ShouldBe(0);
        return Task.CompletedTask;
    }
}
