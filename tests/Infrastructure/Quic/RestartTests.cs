using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What clients see of a server that went away without a word and came back on its port.</summary>
public sealed class RestartTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_client_learns_at_its_next_packet_that_the_server_has_started_anew()
    {
        await using var path = await RestartedAsync(TestCertificates.Localhost, new TransportLimits());

        await path.Stream.WriteAsync(new byte[10], cancellationToken: Cancel);

        var closed = await path.Client.Closed;
        closed.Kind.ShouldBe(TransportClosedBy.Transport);
        closed.Reason.ShouldContain("stateless reset");
        (await Should.ThrowAsync<TransportException>(async () => await path.Stream.ReadAsync(new byte[1], Cancel))).Error.ShouldBe(TransportError.Closed);
    }

    [Fact(Timeout = Patience)]
    public async Task A_quiet_client_learns_it_by_its_keep_alive()
    {
        await using var path = await RestartedAsync(TestCertificates.Localhost, new TransportLimits { KeepAlive = TimeSpan.FromMilliseconds(200) });

        (await path.Client.Closed).Reason.ShouldContain("stateless reset");
    }

    [Fact(Timeout = Patience)]
    public async Task A_reset_by_a_server_with_another_key_is_no_reset()
    {
        var limits = new TransportLimits { IdleTimeout = TimeSpan.FromSeconds(1), KeepAlive = TimeSpan.Zero };
        await using var path = await RestartedAsync(TestCertificates.Other, limits);

        await path.Stream.WriteAsync(new byte[10], cancellationToken: Cancel);

        (await path.Client.Closed).Kind.ShouldBe(TransportClosedBy.IdleTimeout);
        path.Server.Counters.PacketsSent.ShouldBeGreaterThan(0); // It did answer.
    }

    [Fact]
    public void The_secret_of_resets_is_the_keys_and_the_addresss()
    {
        var (here, there) = (new IPEndPoint(IPAddress.Loopback, 4433), new IPEndPoint(IPAddress.Loopback, 4434));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        byte[] Secret(X509Certificate2 certificate, IPEndPoint local)
        {
            var credentials = new ServerCredentials(certificate, null);
            var secret = credentials.ResetSecret(local);
            credentials.Release();
            return secret;
        }
        using var first = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        using var renewed = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2));

        Secret(renewed, here).ShouldBe(Secret(first, here));
        Secret(first, there).ShouldNotBe(Secret(first, here));
        Secret(TestCertificates.Other, here).ShouldNotBe(Secret(first, here));
    }

    /// <summary>A connection whose server has vanished, and another server with this certificate in its place.</summary>
    private static async Task<RestartedPath> RestartedAsync(X509Certificate2 certificate, TransportLimits limits)
    {
        var former = new Ngtcp2Transport();
        var listener = await former.ListenAsync(TransportPair.Listen(), Cancel);
        var network = new BadNetwork(listener.LocalEndPoint, new PathConditions());
        var clients = new Ngtcp2Transport();
        var connecting = clients.ConnectAsync(TransportPair.ConnectTo(network.Address, limits), Cancel);
        var accepted = await listener.AcceptAsync(Cancel);
        var client = await connecting;
        var stream = await client.OpenStreamAsync(Cancel);
        await stream.WriteAsync(new byte[1], cancellationToken: Cancel);
        (await (await accepted.AcceptStreamAsync(Cancel)).ReadAsync(new byte[1], Cancel)).ShouldBe(1);

        network.IsDown = true;
        await former.DisposeAsync();
        await network.ToClient.Dropped.WaitAsync(Cancel); // The last words, which are not heard.
        var server = new Ngtcp2Transport();
        await server.ListenAsync(TransportPair.Listen() with { LocalEndPoint = listener.LocalEndPoint, Certificate = certificate }, Cancel);
        network.IsDown = false;
        return new RestartedPath(clients, server, network, client, stream);
    }

    private sealed record RestartedPath(Ngtcp2Transport Clients, Ngtcp2Transport Server, BadNetwork Network, ITransportConnection Client, ITransportStream Stream) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Clients.DisposeAsync();
            await Server.DisposeAsync();
            await Network.DisposeAsync();
        }
    }
}
