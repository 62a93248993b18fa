using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Tcp;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>A system that gives no socket of an address's family, as one without IPv6, is a transport's failure like any other.</summary>
public sealed class MissingFamilyTests
{
    private static readonly IPEndPoint s_nowhere = new Unsupported();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TransportKind.Quic)]
    [InlineData(TransportKind.Tls)]
    public async Task Nothing_listens_on_it(TransportKind kind)
    {
        await using var transport = Create(kind);

        var failure = await Should.ThrowAsync<TransportException>(() => transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = s_nowhere }, Cancel));

        failure.Error.ShouldBe(TransportError.CannotListen);
    }

    [Fact]
    public async Task Nobody_is_reached_there_over_TLS()
    {
        await using var transport = new TlsTransport();

        var failure = await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(TransportPair.ConnectTo(s_nowhere), Cancel));

        failure.Error.ShouldBe(TransportError.Unreachable);
    }

    [Fact]
    public void Nobody_is_reached_from_it_over_QUIC() =>
        Should.Throw<TransportException>(() => new UdpSocket(s_nowhere)).Error.ShouldBe(TransportError.Unreachable);

    private static ITransport Create(TransportKind kind) => kind == TransportKind.Quic ? new Ngtcp2Transport() : new TlsTransport();

    private sealed class Unsupported() : IPEndPoint(IPAddress.Loopback, 1)
    {
        public override AddressFamily AddressFamily => AddressFamily.AppleTalk;
    }
}
