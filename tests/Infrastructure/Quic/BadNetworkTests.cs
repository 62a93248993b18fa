using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Loss, duplicates, disorder and flipped bits on the way must cost time and nothing else.</summary>
public sealed class BadNetworkTests
{
    [Fact(Timeout = 60_000)]
    public async Task Bytes_arrive_whole_over_a_network_that_loses_doubles_swaps_and_flips()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), cancel);
        await using var network = new BadNetwork(listener.LocalEndPoint, seed: 7);
        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(network.Address) with { HandshakeTimeout = TimeSpan.FromSeconds(30) }, cancel);
        await using var server = await listener.AcceptAsync(cancel);
        var sent = TransportStreamExtensions.Bytes(1_000_000, seed: 8);

        var stream = await client.OpenStreamAsync(cancel);
        var writing = stream.WriteAsync(sent, endStream: true, cancel);
        var echoing = (await server.AcceptStreamAsync(cancel)).EchoAsync(cancel);
        var received = await stream.ReadToEndAsync(cancel);

        await writing;
        await echoing;
        TransportStreamExtensions.Hash(received).ShouldBe(TransportStreamExtensions.Hash(sent));
        network.Harmed.ShouldBeGreaterThan(20);
    }
}
