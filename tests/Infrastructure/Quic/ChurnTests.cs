using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Connections that come and go, in all the ways there are.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Slow")]
public sealed class ChurnTests
{
    private const int Rounds = 100;
    private const int Closing = 60;
    private const int Vanishing = 20;
    private const int HalfOpen = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Ten_thousand_connections_made_and_dropped_leave_nothing_behind_and_hold_nobody_up()
    {
        var limits = new TransportLimits { IdleTimeout = TimeSpan.FromSeconds(2), KeepAlive = TimeSpan.Zero };
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { ServerHandshakeTimeout = TimeSpan.FromSeconds(1) });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(limits), Cancel);
        await using var holder = new Ngtcp2Transport();
        await using var held = await holder.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint) with { Limits = new() { KeepAlive = TimeSpan.FromMilliseconds(300) } }, Cancel);
        await using var kept = await listener.AcceptAsync(Cancel);
        var accepted = 0;
        var accepting = Task.Run(async () =>
        {
            while (true)
            {
                await listener.AcceptAsync(Cancel);
                Interlocked.Increment(ref accepted);
            }
        }, Cancel);
        ProcessState? before = null;

        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(CloseSomeAsync(listener, limits), LeaveSomeAsync(listener), BeginSomeAsync(listener), EchoAsync(held, kept));
            // The allocators have by then what they keep.
            if (round == Rounds * 4 / 10)
                before = await StateAsync(transport);
        }

        (await StateAsync(transport)).ShouldBeAsFlatAs(before!);
        // All but the few that were over before they could be accepted.
        accepted.ShouldBeGreaterThan(Rounds * (Closing + Vanishing) * 9 / 10);
        held.Closed.IsCompleted.ShouldBeFalse();
        await listener.DisposeAsync();
        (await Should.ThrowAsync<TransportException>(() => accepting)).Error.ShouldBe(TransportError.Closed);
        await transport.DisposeAsync();
        transport.Counters.Leaks().ShouldBeEmpty();
    }

    /// <summary>The held connection carries bytes both ways.</summary>
    private static async Task EchoAsync(ITransportConnection held, ITransportConnection kept)
    {
        await using var stream = await held.OpenStreamAsync(Cancel);
        await stream.WriteAsync(new byte[50_000], endStream: true, Cancel);
        await using var other = await kept.AcceptStreamAsync(Cancel);
        var echoing = other.EchoAsync(Cancel);
        (await stream.ReadToEndAsync(Cancel)).Length.ShouldBe(50_000);
        await echoing;
    }

    /// <summary>Clients that say goodbye, half of them by disposal of their transport.</summary>
    private static async Task CloseSomeAsync(ITransportListener listener, TransportLimits limits)
    {
        await using var transport = new Ngtcp2Transport();
        var clients = await Task.WhenAll(Enumerable.Range(0, Closing).Select(_ => transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint, limits), Cancel)));
        foreach (var client in clients[..(Closing / 2)])
            await client.CloseAsync(1, "bye");
    }

    /// <summary>Clients whose network is gone before they are.</summary>
    private static async Task LeaveSomeAsync(ITransportListener listener)
    {
        await using var network = new BadNetwork(listener.LocalEndPoint, new PathConditions());
        await using var transport = new Ngtcp2Transport();
        await Task.WhenAll(Enumerable.Range(0, Vanishing).Select(_ => transport.ConnectAsync(TransportPair.ConnectTo(network.Address), Cancel)));
        network.IsDown = true;
    }

    /// <summary>Clients that send one packet and never go on.</summary>
    private static async Task BeginSomeAsync(ITransportListener listener)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (var packet in await FirstPackets.CaptureAsync(HalfOpen, Cancel))
            await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);
    }

    /// <summary>The state once only the held connection is left at the server; the test's timeout is the limit.</summary>
    private static async Task<ProcessState> StateAsync(Ngtcp2Transport transport)
    {
        while (transport.Counters is not { LiveConnections: 1, LiveSessions: 1, LiveStreams: 0, ChunksOut: 0 })
            await Task.Delay(20, Cancel);
        transport.Counters.LiveConnectionIds.ShouldBeLessThan(20);
        return ProcessState.Measure();
    }
}
