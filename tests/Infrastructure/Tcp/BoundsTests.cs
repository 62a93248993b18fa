using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Infrastructure.Tests.Transport;
using Skytale.Protocol.Transport;
using Skytale.Tcp;

namespace Skytale.Infrastructure.Tests.Tcp;

/// <summary>What strangers and quiet connections may hold of a server, and what its meter tells of it.</summary>
public sealed class BoundsTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Beyond_the_handshakes_that_may_be_under_way_connections_are_closed_unheard_and_places_come_back()
    {
        await using var transport = new TlsTransport(new TlsTransportSettings { MaxHandshakes = 2 });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var first = await SilentAsync(listener);
        using var second = await SilentAsync(listener);
        await UntilAsync(() => transport.Counters.Handshakes == 2);

        using var third = await SilentAsync(listener);
        (await third.ReceiveAsync(new byte[1], Cancel)).ShouldBe(0, "closed");
        transport.Counters.Handshakes.ShouldBe(2);

        first.Dispose();
        await UntilAsync(() => transport.Counters.Handshakes == 1);
        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task One_address_has_its_share_of_the_handshakes_and_another_gets_in()
    {
        await using var transport = new TlsTransport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { HandshakesPerAddress = 1 }, Cancel);
        using var first = await SilentAsync(listener);
        await UntilAsync(() => transport.Counters.Handshakes == 1);

        using var second = await SilentAsync(listener);
        (await second.ReceiveAsync(new byte[1], Cancel)).ShouldBe(0, "closed");
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await other.ConnectAsync(listener.LocalEndPoint, Cancel);
        await UntilAsync(() => transport.Counters.Handshakes == 2);

        first.Dispose();
        await UntilAsync(() => transport.Counters.Handshakes == 1);
        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_client_that_never_speaks_is_given_up()
    {
        await using var transport = new TlsTransport(new TlsTransportSettings { HandshakeTimeout = TimeSpan.FromMilliseconds(50) });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var silent = await SilentAsync(listener);

        (await silent.ReceiveAsync(new byte[1], Cancel)).ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task With_enough_connections_that_nobody_accepts_no_more_are_let_in_until_one_is()
    {
        await using var transport = new TlsTransport(new TlsTransportSettings { MaxUnaccepted = 2 });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint);
        await using var first = await transport.ConnectAsync(options, Cancel);
        await using var second = await transport.ConnectAsync(options, Cancel);
        await UntilAsync(() => transport.Counters.Unaccepted == 2);

        (await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(options, Cancel))).Error.ShouldBe(TransportError.Unreachable);

        await using var accepted = await listener.AcceptAsync(Cancel);
        await using var third = await transport.ConnectAsync(options, Cancel);
        third.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_quiet_connection_holds_no_buffer()
    {
        await using var transport = new TlsTransport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        await client.WriteAsync(new byte[100_000], cancellationToken: Cancel);
        _ = await server.ReadExactlyAsync(50_000, Cancel);
        transport.Counters.BuffersOut.ShouldBeGreaterThan(0, "half of it is not read");
        _ = await server.ReadExactlyAsync(50_000, Cancel);

        await UntilAsync(() => transport.Counters.BuffersOut == 0);
        pair.Client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_never_read_goes_with_the_connection_also_where_the_stream_was_over_or_the_peer_closed_first(bool peerCloses)
    {
        await using var transport = new TlsTransport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        await server.WriteAsync(new byte[1], endStream: true, Cancel);
        await client.WriteAsync(new byte[50_000], endStream: true, Cancel);
        await UntilAsync(() => transport.Counters.Received.Out >= 50_000 / (16 << 10) && transport.Counters.ToSend.Out == 0);
        if (peerCloses)
        {
            await pair.Client.CloseAsync(1, "");
            await pair.Server.Closed;
            transport.Counters.Received.Out.ShouldBeGreaterThan(0, "it may still be read");
        }

        await pair.Server.DisposeAsync();

        await Should.ThrowAsync<TransportException>(async () => await server.ReadAsync(new byte[1], Cancel));
        await pair.Client.DisposeAsync();
        transport.Counters.BuffersOut.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task Every_instrument_speaks()
    {
        using var heard = new HeardMetrics(TlsTransport.MeterName);
        await using var transport = new TlsTransport();
        await using (var pair = await TransportPair.CreateAsync(transport, Cancel))
        {
            await using var unaccepted = await transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint), Cancel);
            using var silent = await SilentAsync(pair.Listener);
            var (client, _) = await pair.OpenAsync(Cancel);
            var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask(); // More than the window: some of it waits.
            await UntilAsync(() =>
            {
                heard.Collect();
                return heard.Largest("skytale.tls.send_queue") > 0 && heard.Largest("skytale.tls.unaccepted") > 0 && heard.Largest("skytale.tls.handshakes_under_way") > 0;
            });
            heard.Largest("skytale.tls.connections").ShouldBeGreaterThanOrEqualTo(4);
            heard.Largest("skytale.tls.streams").ShouldBeGreaterThanOrEqualTo(2);
            heard.Largest("skytale.tls.io", "sent").ShouldBeGreaterThan(100);
            heard.Largest("skytale.tls.io", "received").ShouldBeGreaterThan(100);
            heard.Largest("skytale.tls.handshakes", "client completed").ShouldBe(1);
            heard.Largest("skytale.tls.handshakes", "server completed").ShouldBe(1);
            await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint) with { PinnedCertificateHash = new byte[32] }, Cancel));
            heard.Largest("skytale.tls.handshakes", "client failed").ShouldBe(1);
            await pair.Client.DisposeAsync();
            await Should.ThrowAsync<TransportException>(() => writing);
        }
    }

    /// <summary>A TCP connection that says nothing.</summary>
    private static async Task<Socket> SilentAsync(ITransportListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndPoint, Cancel);
        return socket;
    }

    /// <summary>The test's timeout is the limit.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(5, Cancel);
    }
}
