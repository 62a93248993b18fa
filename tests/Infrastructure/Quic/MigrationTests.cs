using System.Net;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A client whose address changes keeps its connection (RFC 9000 § 9).</summary>
public sealed class MigrationTests
{
    private const int Patience = 120_000;
    private const int Size = 4_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_completes_though_the_clients_port_changes_in_the_middle(bool wildcard)
    {
        await using var path = await PathAsync(wildcard);
        var sent = TransportStreamExtensions.Bytes(Size, seed: 31);
        var before = path.Network.OutwardAddress;
        path.Server.RemoteEndPoint.ShouldBe(before);

        var stream = await path.Client.OpenStreamAsync(Cancel);
        var writing = stream.WriteAsync(sent, endStream: true, Cancel);
        var incoming = await path.Server.AcceptStreamAsync(Cancel);
        var first = await incoming.ReadExactlyAsync(Size / 3, Cancel);
        path.Network.Rebind();
        var second = await incoming.ReadExactlyAsync(Size / 3, Cancel);
        path.Network.Rebind();
        var rest = await incoming.ReadToEndAsync(Cancel);

        await writing;
        TransportStreamExtensions.Hash([.. first, .. second, .. rest]).ShouldBe(TransportStreamExtensions.Hash(sent));
        path.Network.OutwardAddress.ShouldNotBe(before);
        await path.FollowedAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_download_completes_though_the_clients_port_changes_in_the_middle(bool wildcard)
    {
        await using var path = await PathAsync(wildcard);
        var sent = TransportStreamExtensions.Bytes(Size, seed: 32);

        var stream = await path.Client.OpenStreamAsync(Cancel);
        await stream.WriteAsync(new byte[1], endStream: true, Cancel);
        var outgoing = await path.Server.AcceptStreamAsync(Cancel);
        var writing = outgoing.WriteAsync(sent, endStream: true, Cancel);
        var first = await stream.ReadExactlyAsync(Size / 3, Cancel);
        path.Network.Rebind();
        var rest = await stream.ReadToEndAsync(Cancel);

        await writing;
        TransportStreamExtensions.Hash([.. first, .. rest]).ShouldBe(TransportStreamExtensions.Hash(sent));
        await path.FollowedAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_quiet_connection_is_found_again_under_its_new_port()
    {
        await using var path = await PathAsync(wildcard: false);

        path.Network.Rebind();
        var stream = await path.Client.OpenStreamAsync(Cancel);
        await stream.WriteAsync("here"u8.ToArray(), endStream: true, Cancel);
        var incoming = await path.Server.AcceptStreamAsync(Cancel);
        (await incoming.ReadToEndAsync(Cancel)).ShouldBe("here"u8.ToArray());
        await incoming.WriteAsync("there"u8.ToArray(), endStream: true, Cancel);

        (await stream.ReadToEndAsync(Cancel)).ShouldBe("there"u8.ToArray());
        await path.FollowedAsync();
    }

    private static async Task<NatPath> PathAsync(bool wildcard)
    {
        var transport = new Ngtcp2Transport();
        var listener = await transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = new IPEndPoint(wildcard ? IPAddress.IPv6Any : IPAddress.Loopback, 0) }, Cancel);
        var network = new BadNetwork(new IPEndPoint(IPAddress.Loopback, listener.LocalEndPoint.Port), new PathConditions());
        var connecting = transport.ConnectAsync(TransportPair.ConnectTo(network.Address), Cancel);
        var server = await listener.AcceptAsync(Cancel);
        return new NatPath(transport, network, await connecting, server);
    }

    /// <summary>Both ends of a connection through a NAT.</summary>
    private sealed record NatPath(Ngtcp2Transport Transport, BadNetwork Network, ITransportConnection Client, ITransportConnection Server) : IAsyncDisposable
    {
        /// <summary>Waits until the server sees the client where the NAT has put it; the test's timeout is the limit.</summary>
        internal async Task FollowedAsync()
        {
            while (!Server.RemoteEndPoint.Equals(Network.OutwardAddress))
                await Task.Delay(5, Cancel);
            Client.RemoteEndPoint.ShouldBe(Network.Address);
            Server.Closed.IsCompleted.ShouldBeFalse();
        }

        public async ValueTask DisposeAsync()
        {
            await Transport.DisposeAsync();
            await Network.DisposeAsync();
        }
    }
}
