using System.Security.Authentication;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Tcp;
using static Skytale.Infrastructure.Tests.Tcp.RawPeer;

namespace Skytale.Infrastructure.Tests.Tcp;

/// <summary>What the conformance suite does not ask: the handshake's edges, quiet connections, fairness, floods.</summary>
public sealed class TlsTransportTests : IAsyncDisposable
{
    private const int Patience = 60_000;

    private readonly TlsTransport _transport = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _transport.Counters.LiveConnections.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task A_port_that_is_not_bound_is_unreachable()
    {
        var listener = await _transport.ListenAsync(TransportPair.Listen(), Cancel);
        await listener.DisposeAsync();

        var failure = await Should.ThrowAsync<TransportException>(() => _transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel));

        failure.Error.ShouldBe(TransportError.Unreachable);
    }

    [Theory(Timeout = Patience)]
    [InlineData("skytale/2", SslProtocols.Tls13)]
    [InlineData("skytale/1", SslProtocols.Tls12)]
    public async Task Another_protocol_or_version_of_TLS_is_refused(string protocol, SslProtocols versions)
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen(), Cancel);

        await Should.ThrowAsync<AuthenticationException>(() => RawPeer.ConnectAsync(listener.LocalEndPoint, Cancel, protocol, versions));

        await using var client = await _transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_server_with_an_RSA_key_is_served_as_well()
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen() with { Certificate = TestCertificates.Rsa }, Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = null, TrustedRoots = [TestCertificates.Rsa] };

        await using var client = await _transport.ConnectAsync(options, Cancel);

        client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_quiet_connection_without_keep_alive_is_gone_at_both_ends()
    {
        var quiet = new TransportLimits { IdleTimeout = TimeSpan.FromMilliseconds(200), KeepAlive = TimeSpan.Zero };
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel, quiet, new TransportLimits { KeepAlive = TimeSpan.Zero });

        (await pair.Client.Closed).Kind.ShouldBe(TransportClosedBy.IdleTimeout);
        (await pair.Server.Closed).Kind.ShouldBe(TransportClosedBy.IdleTimeout);
    }

    [Fact(Timeout = Patience)]
    public async Task A_stream_that_waits_for_the_connections_credit_can_still_be_reset()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel, new TransportLimits { ConnectionWindow = 1_000 });
        var (greedy, greedyServer) = await pair.OpenAsync(Cancel);
        var (starved, starvedServer) = await pair.OpenAsync(Cancel);
        var writing = greedy.WriteAsync(new byte[200_000], endStream: true, Cancel).AsTask();
        (await greedyServer.ReadAsync(new byte[1], Cancel)).ShouldBe(1); // Its first frame took all of the credit.

        await starved.WriteAsync(new byte[1_000], cancellationToken: Cancel);
        starved.Reset(7);

        var seen = await Should.ThrowAsync<TransportException>(async () => await starvedServer.ReadAsync(new byte[1], Cancel));
        seen.Code.ShouldBe(7UL);
        (await greedyServer.ReadToEndAsync(Cancel)).Length.ShouldBe(199_999);
        await writing;
    }

    [Fact(Timeout = Patience)]
    public async Task A_side_that_keeps_alive_asks_and_the_other_answers()
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen(new TransportLimits { KeepAlive = TimeSpan.FromMilliseconds(50) }), Cancel);
        await using var peer = await RawPeer.ConnectAsync(listener.LocalEndPoint, Cancel);
        await peer.WriteAsync(Settings(), Cancel);

        (await peer.ReadAsync(Cancel))!.Value.Type.ShouldBe((byte)0);
        for (var i = 0; i < 3; i++)
        {
            (await peer.ReadAsync(Cancel))!.Value.Type.ShouldBe((byte)9);
            await peer.WriteAsync(Frame(10), Cancel);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_flood_of_pings_is_answered_without_heaping_up()
    {
        await using var listener = await _transport.ListenAsync(TransportPair.Listen(new TransportLimits { KeepAlive = TimeSpan.Zero }), Cancel);
        await using var peer = await RawPeer.ConnectAsync(listener.LocalEndPoint, Cancel);
        await peer.WriteAsync(Settings(), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await peer.WriteAsync(Frame(9), Cancel);
        while ((await peer.ReadAsync(Cancel))!.Value.Type != 10)
        {
            // Settings come first.
        }
        var pings = Enumerable.Repeat(Frame(9), 1_000).SelectMany(frame => frame).ToArray();
        for (var i = 0; i < 100; i++)
            await peer.WriteAsync(pings, Cancel); // Nothing is read meanwhile.
        await peer.WriteAsync(Frame(11, 0, [0, 0, 0, 0, 0, 0, 0, 5]), Cancel);

        (await server.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 5, ""));
        var answers = 0;
        while (await peer.ReadAsync(Cancel) is { } frame)
            answers += frame.Type == 10 ? 1 : 0;
        answers.ShouldBeLessThan(1_000);
    }
}
