using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Tcp;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>One port, two transports, one door.</summary>
public sealed class QuicOrTlsListenerTests : IAsyncDisposable
{
    private const int Patience = 60_000;

    private readonly QuicOrTlsTransport _transport = new(QuicTransport.Create, new TlsTransport());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task A_client_of_either_kind_is_accepted_on_the_same_port()
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen(), Cancel);
        await using ITransport quic = QuicTransport.Create();
        await using ITransport tls = new TlsTransport();
        foreach (var (client, kind) in new[] { (quic, TransportKind.Quic), (tls, TransportKind.Tls), (_transport, TransportKind.Quic) })
        {
            await using var connection = await client.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
            await using var accepted = await listener.AcceptAsync(Cancel);
            (connection.Kind, accepted.Kind).ShouldBe((kind, kind));
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task All_addresses_are_those_of_both_families_over_both(string address)
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = new IPEndPoint(IPAddress.IPv6Any, 0) }, Cancel);
        var options = TransportPair.ConnectTo(new IPEndPoint(IPAddress.Parse(address), listener.LocalEndPoint.Port));
        await using ITransport quic = QuicTransport.Create();
        await using ITransport tls = new TlsTransport();
        foreach (var client in new[] { quic, tls })
        {
            await using var connection = await client.ConnectAsync(options, Cancel);
            await using var accepted = await listener.AcceptAsync(Cancel);
            accepted.RemoteEndPoint.Address.ToString().ShouldBe(address);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_port_that_is_taken_over_TCP_alone_cannot_be_listened_on_and_is_let_go_over_UDP()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var options = TransportPair.Listen() with { LocalEndPoint = (IPEndPoint)taken.LocalEndPoint! };

        var failure = await Should.ThrowAsync<TransportException>(() => _transport.ListenAsync(options, Cancel));

        failure.Error.ShouldBe(TransportError.CannotListen);
        await using ITransport quic = QuicTransport.Create();
        await using var listener = await quic.ListenAsync(options, Cancel);
        listener.LocalEndPoint.Port.ShouldBe(options.LocalEndPoint.Port);
    }

    [Fact(Timeout = Patience)]
    public async Task What_a_client_sent_that_left_before_it_was_accepted_is_given_back()
    {
        var tls = new TlsTransport();
        await using var transport = new QuicOrTlsTransport(QuicTransport.Create, tls);
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        await using var clients = new TlsTransport();
        await using (var leaving = await clients.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel))
        {
            await using var stream = await leaving.OpenSendStreamAsync(Cancel);
            await stream.WriteAsync(new byte[5_000], endStream: true, Cancel);
            while (tls.Counters.Received.Out == 0)
                await Task.Delay(10, Cancel);
        }
        while (tls.Counters.LiveConnections > 0)
            await Task.Delay(10, Cancel);
        tls.Counters.Received.Out.ShouldBeGreaterThan(0);

        await using var staying = await clients.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        await using var accepted = await listener.AcceptAsync(Cancel);

        accepted.Closed.IsCompleted.ShouldBeFalse();
        tls.Counters.Received.Out.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task A_port_without_UDP_is_reached_over_TLS()
    {
        await using var tls = new TlsTransport();
        await using var listener = await tls.ListenAsync(TransportPair.Listen(), Cancel);

        await using var connection = await _transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);

        connection.Kind.ShouldBe(TransportKind.Tls);
    }
}
