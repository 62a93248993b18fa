using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What is ngtcp2's own beside the contract: real sizes, certificates, families, timers and counters.</summary>
public sealed class Ngtcp2TransportTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Ten_megabytes_arrive_whole_through_one_stream()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        var sent = TransportStreamExtensions.Bytes(10_000_000, seed: 10);

        var writing = client.WriteAsync(sent, endStream: true, Cancel);
        var received = await server.ReadToEndAsync(Cancel);

        await writing;
        TransportStreamExtensions.Hash(received).ShouldBe(TransportStreamExtensions.Hash(sent));
    }

    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public async Task Three_hundred_connections_leave_the_counters_flat()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        for (var round = 0; round < 10; round++)
        {
            var accepting = Enumerable.Range(0, 30).Select(_ => listener.AcceptAsync(Cancel).AsTask()).ToArray();
            var clients = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel)));
            var servers = await Task.WhenAll(accepting);
            for (var i = 0; i < clients.Length; i++)
            {
                var stream = await clients[i].OpenStreamAsync(Cancel);
                await stream.WriteAsync(new byte[1000], endStream: i % 2 == 0, Cancel);
            }
            // Half are ended from here, half from there.
            foreach (var connection in clients[..15].Concat(servers))
                await connection.DisposeAsync();
            foreach (var client in clients)
                await client.Closed;
            await BecomesAsync(() => (transport.Counters.LiveConnections, transport.Counters.LiveStreams, transport.Counters.ChunksOut), (0, 0, 0));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task The_counters_count()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, _) = await pair.OpenAsync(Cancel);

        transport.Counters.LiveConnections.ShouldBe(2);
        transport.Counters.LiveStreams.ShouldBe(2);
        var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask();
        transport.Counters.ChunksOut.ShouldBeGreaterThan(0);
        await pair.Client.DisposeAsync();
        (await Should.ThrowAsync<TransportException>(() => writing)).Error.ShouldBe(TransportError.Closed);
    }

    [Fact(Timeout = Patience)]
    public async Task Ipv6_works_as_ipv4_does()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = new IPEndPoint(IPAddress.IPv6Loopback, 0) }, Cancel);
        var connecting = transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;

        server.RemoteEndPoint.Address.ShouldBe(IPAddress.IPv6Loopback);
        client.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_with_an_rsa_key_serves()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { Certificate = TestCertificates.Rsa }, Cancel);
        var hash = SHA256.HashData(TestCertificates.Rsa.RawData);
        var connecting = transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint) with { PinnedCertificateHash = hash }, Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;

        client.ServerCertificateHash.ToArray().ShouldBe(hash);
        server.ServerCertificateHash.ToArray().ShouldBe(hash);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_without_its_key_cannot_listen()
    {
        await using var transport = new Ngtcp2Transport();
        using var bare = X509CertificateLoader.LoadCertificate(TestCertificates.Localhost.RawData);

        var exception = await Should.ThrowAsync<TransportException>(() => transport.ListenAsync(TransportPair.Listen() with { Certificate = bare }, Cancel));

        exception.Error.ShouldBe(TransportError.CannotListen);
    }

    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public async Task An_idle_connection_ends_and_one_that_is_kept_alive_does_not()
    {
        await using var transport = new Ngtcp2Transport();
        var idle = new TransportLimits { IdleTimeout = TimeSpan.FromMilliseconds(1500), KeepAlive = TimeSpan.Zero };
        await using var listener = await transport.ListenAsync(TransportPair.Listen(idle), Cancel);
        await using var kept = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint, idle with { KeepAlive = TimeSpan.FromMilliseconds(100) }), Cancel);
        await using var left = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint, idle), Cancel);

        // The later one's end is the clock by which the earlier one is measured.
        (await left.Closed).Kind.ShouldBe(TransportClosedBy.IdleTimeout);

        kept.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task Continuations_run_on_the_thread_pool()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);

        await Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var reading = server.ReadAsync(new byte[10], Cancel);
                await client.WriteAsync(new byte[1], cancellationToken: Cancel);
                (await reading).ShouldBe(1);
                Thread.CurrentThread.IsThreadPoolThread.ShouldBeTrue();
            }
        }, Cancel);
    }

    [Fact(Timeout = Patience)]
    public async Task A_peer_of_another_application_protocol_is_refused()
    {
        await using var transport = new Ngtcp2Transport();
        await using var stranger = new Ngtcp2Transport(new Ngtcp2TransportSettings { ApplicationProtocol = "h3" });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);

        var exception = await Should.ThrowAsync<TransportException>(() => stranger.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel));

        exception.Error.ShouldBe(TransportError.ProtocolRefused, exception.Message);
    }

    [Fact(Timeout = Patience)]
    public async Task A_server_name_that_tls_cannot_carry_fails_that_connect_alone()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var options = TransportPair.ConnectTo(pair.Listener.LocalEndPoint) with { ServerName = new string('x', 5000) };

        await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(options, Cancel));

        await using var other = await transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint), Cancel);
        pair.Client.Closed.IsCompleted.ShouldBeFalse();
    }

    /// <summary>Looks again until the value is the expected one; the test's timeout is the limit.</summary>
    private static async Task BecomesAsync<T>(Func<T> value, T expected)
    {
        while (!Equals(value(), expected))
            await Task.Delay(5, Cancel);
    }
}
