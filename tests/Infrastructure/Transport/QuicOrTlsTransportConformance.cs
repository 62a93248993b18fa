using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Tls;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>Both as one transport promise what each does.</summary>
public sealed class QuicOrTlsTransportConformance : TransportConformance, IDisposable
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Ngtcp2Transport _quic = new();
    private readonly TlsTransport _tls = new();

    public void Dispose() => _silent.Dispose();

    protected override ITransport CreateTransport() => new QuicOrTlsTransport(() => _quic, _tls);

    /// <summary>Nothing is bound over UDP, and over TCP a socket that listens and says nothing.</summary>
    protected override Task<IPEndPoint> NobodyAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _silent.Listen();
        return Task.FromResult((IPEndPoint)_silent.LocalEndPoint!);
    }

    protected override Task HoldsNothingAsync(ITransport transport)
    {
        _quic.Counters.LiveConnections.ShouldBe(0);
        _quic.Counters.LiveStreams.ShouldBe(0);
        _quic.Counters.ChunksOut.ShouldBe(0);
        _tls.Counters.LiveConnections.ShouldBe(0);
        _tls.Counters.LiveStreams.ShouldBe(0);
        _tls.Counters.BuffersOut.ShouldBe(0);
        return Task.CompletedTask;
    }
}
