using System.Net;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A transfer between continents, on a bad day.</summary>
[Trait("Category", "Slow")]
public sealed class LongPathTests
{
    private const int Quarter = 400_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_transfer_completes_though_the_client_moves_and_the_network_is_out_for_ten_seconds()
    {
        await using var path = await LongPath.CreateAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"The transfer ran {path.Description}");
        await using var servers = new Ngtcp2Transport();
        await using var clients = new Ngtcp2Transport();
        await using var listener = await servers.ListenAsync(TransportPair.Listen() with { LocalEndPoint = new IPEndPoint(path.ServerAddress, 0) }, Cancel);
        var connecting = path.ConnectAsync(clients, listener.LocalEndPoint, address => TransportPair.ConnectTo(address), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        var sent = TransportStreamExtensions.Bytes(4 * Quarter, seed: 100);
        var before = server.RemoteEndPoint;

        var outgoing = await client.OpenStreamAsync(Cancel);
        var writing = outgoing.WriteAsync(sent, endStream: true, Cancel).AsTask();
        var incoming = await server.AcceptStreamAsync(Cancel);
        var received = new List<byte>(await incoming.ReadExactlyAsync(Quarter, Cancel));
        await path.RebindAsync();
        received.AddRange(await incoming.ReadExactlyAsync(Quarter, Cancel));
        await path.SetDownAsync(true);
        await Task.Delay(TimeSpan.FromSeconds(10), Cancel); // The outage.
        await path.SetDownAsync(false);
        received.AddRange(await incoming.ReadToEndAsync(Cancel));
        await writing;

        TransportStreamExtensions.Hash([.. received]).ShouldBe(TransportStreamExtensions.Hash(sent));
        // And back.
        await incoming.WriteAsync("all there"u8.ToArray(), endStream: true, Cancel);
        (await outgoing.ReadToEndAsync(Cancel)).ShouldBe("all there"u8.ToArray());
        server.RemoteEndPoint.ShouldNotBe(before);
    }
}
