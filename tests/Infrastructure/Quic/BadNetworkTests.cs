using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Whatever the way does to datagrams must cost time and nothing else.</summary>
public sealed class BadNetworkTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public Task Bytes_arrive_whole_over_a_network_that_loses_one_in_twenty_each_way() => EchoThroughAsync(new() { Lost = 5 });

    [Fact(Timeout = Patience)]
    public Task Bytes_arrive_whole_over_a_network_that_doubles_and_swaps() => EchoThroughAsync(new() { Doubled = 5, Swapped = 5 });

    [Fact(Timeout = Patience)]
    public Task Bytes_arrive_whole_over_a_network_that_flips_truncates_and_injects() => EchoThroughAsync(new() { Flipped = 2, Truncated = 2, Injected = 5 });

    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public Task Bytes_arrive_whole_over_a_network_that_does_all_of_it() =>
        EchoThroughAsync(new() { Lost = 2, Flipped = 2, Truncated = 2, Doubled = 2, Swapped = 2, Injected = 2, Delay = TimeSpan.FromMilliseconds(2) });

    private static async Task EchoThroughAsync(PathConditions conditions)
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        await using var network = new BadNetwork(listener.LocalEndPoint, conditions, seed: 7);
        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(network.Address) with { HandshakeTimeout = TimeSpan.FromSeconds(30) }, Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        var sent = TransportStreamExtensions.Bytes(1_000_000, seed: 8);

        var stream = await client.OpenStreamAsync(Cancel);
        var writing = stream.WriteAsync(sent, endStream: true, Cancel);
        var echoing = (await server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel);
        var received = await stream.ReadToEndAsync(Cancel);

        await writing;
        await echoing;
        TransportStreamExtensions.Hash(received).ShouldBe(TransportStreamExtensions.Hash(sent));
        network.ToServer.Harmed.ShouldBeGreaterThan(20);
        network.ToClient.Harmed.ShouldBeGreaterThan(20);
    }
}
