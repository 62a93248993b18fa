using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A listener whose loops share one port.</summary>
public sealed class LoopGroupTests
{
    private const int Patience = 120_000;
    private const int Size = 1_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Streams_of_many_clients_are_answered_on_one_port(int loops)
    {
        await using var server = new Ngtcp2Transport(loops);
        await using var listener = await server.ListenAsync(TransportPair.Listen(), Cancel);
        var answering = Enumerable.Range(0, 32).Select(_ => EchoAsync(listener)).ToArray();

        // Each with a port of its own, so that the kernel spreads them.
        var clients = Enumerable.Range(0, answering.Length).Select(_ => new Ngtcp2Transport()).ToArray();
        await Task.WhenAll(clients.Select(async (transport, i) =>
        {
            await using var closes = transport;
            await using var connection = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
            var sent = TransportStreamExtensions.Bytes(20_000, seed: i);
            var stream = await connection.OpenStreamAsync(Cancel);
            await stream.WriteAsync(sent, endStream: true, Cancel);
            (await stream.ReadToEndAsync(Cancel)).ShouldBe(sent);
        }));
        await Task.WhenAll(answering);

        server.Counters.Strays.ShouldBe(0); // Nobody moved.
    }

    [Theory(Timeout = Patience)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_client_that_moves_to_another_loops_socket_keeps_its_connection(int loops)
    {
        await using var server = new Ngtcp2Transport(loops);
        await using var listener = await server.ListenAsync(TransportPair.Listen(), Cancel);
        await using var network = new BadNetwork(listener.LocalEndPoint, new PathConditions());
        await using var transport = new Ngtcp2Transport();
        var connecting = transport.ConnectAsync(TransportPair.ConnectTo(network.Address), Cancel);
        var accepted = await listener.AcceptAsync(Cancel);
        var stream = await (await connecting).OpenStreamAsync(Cancel);
        var sent = TransportStreamExtensions.Bytes(Size, seed: loops);

        // Whether a new port leads to another loop is the kernel's choice: one of the moves will.
        var first = Array.Empty<byte>();
        ITransportStream? incoming = null;
        for (var at = 0; server.Counters.Strays == 0 || at == 0; at++)
        {
            await stream.WriteAsync(new byte[1], cancellationToken: Cancel);
            incoming ??= await accepted.AcceptStreamAsync(Cancel);
            first = [.. first, .. await incoming.ReadExactlyAsync(1, Cancel)];
            network.Rebind();
        }
        var writing = stream.WriteAsync(sent, endStream: true, Cancel);
        var received = await incoming!.ReadToEndAsync(Cancel);

        await writing;
        TransportStreamExtensions.Hash(received).ShouldBe(TransportStreamExtensions.Hash(sent));
        accepted.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task Disposing_the_listener_ends_the_connections_of_all_its_loops_and_frees_the_port()
    {
        await using var server = new Ngtcp2Transport(loops: 4);
        var listener = await server.ListenAsync(TransportPair.Listen(), Cancel);
        var transports = Enumerable.Range(0, 12).Select(_ => new Ngtcp2Transport()).ToArray();
        var clients = await Task.WhenAll(transports.Select(transport => transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel)));

        await listener.DisposeAsync();

        foreach (var client in clients)
            (await client.Closed).Kind.ShouldBe(TransportClosedBy.Peer);
        server.Counters.LiveConnections.ShouldBe(0);
        (await Should.ThrowAsync<TransportException>(async () => await listener.AcceptAsync(Cancel))).Error.ShouldBe(TransportError.Closed);
        await using (await server.ListenAsync(TransportPair.Listen() with { LocalEndPoint = listener.LocalEndPoint }, Cancel))
        {
            foreach (var transport in transports)
                await transport.DisposeAsync();
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public async Task A_port_is_one_listeners(int first, int second)
    {
        await using var owner = new Ngtcp2Transport(first);
        await using var listener = await owner.ListenAsync(TransportPair.Listen(), Cancel);
        await using var late = new Ngtcp2Transport(second);

        var exception = await Should.ThrowAsync<TransportException>(
            () => late.ListenAsync(TransportPair.Listen() with { LocalEndPoint = listener.LocalEndPoint }, Cancel));

        exception.Error.ShouldBe(TransportError.CannotListen);
    }

    [Fact]
    public void A_transport_without_a_loop_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Ngtcp2Transport(loops: 0));

    private static async Task EchoAsync(ITransportListener listener)
    {
        var connection = await listener.AcceptAsync(Cancel);
        var stream = await connection.AcceptStreamAsync(Cancel);
        await stream.WriteAsync(await stream.ReadToEndAsync(Cancel), endStream: true, Cancel);
        await connection.Closed;
    }
}
