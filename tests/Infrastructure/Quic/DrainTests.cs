using System.Diagnostics;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What is said after the end (RFC 9000 § 10.2), with a clock that a test can stop.</summary>
public sealed class DrainTests
{
    private const int Patience = 60_000;

    private volatile bool _isStopped;
    private ulong _stoppedAt;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_close_that_was_lost_is_said_again_to_who_still_sends()
    {
        await using var servers = new Ngtcp2Transport(new Ngtcp2TransportSettings { Clock = Clock });
        await using var clients = new Ngtcp2Transport();
        await using var listener = await servers.ListenAsync(TransportPair.Listen(), Cancel);
        await using var network = new BadNetwork(listener.LocalEndPoint, new PathConditions());
        var connecting = clients.ConnectAsync(TransportPair.ConnectTo(network.Address), Cancel);
        var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        var stream = await client.OpenStreamAsync(Cancel);

        Stop(); // The server forgets the connection no sooner than time goes on.
        network.ToClient.IsDown = true;
        await server.CloseAsync(99, "heard at last");
        client.Closed.IsCompleted.ShouldBeFalse();
        network.ToClient.IsDown = false;
        await stream.WriteAsync(new byte[1], cancellationToken: Cancel);

        (await client.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 99, "heard at last"));
        servers.Counters.LiveConnections.ShouldBe(1);
        _isStopped = false;
        await stream.DisposeAsync();
        while (servers.Counters.Leaks().Length > 0)
            await Task.Delay(5, Cancel);
    }

    [Fact(Timeout = Patience)]
    public async Task A_close_is_said_again_a_few_times_and_no_more()
    {
        await using var servers = new Ngtcp2Transport(new Ngtcp2TransportSettings { Clock = Clock });
        await using var clients = new Ngtcp2Transport();
        await using var listener = await servers.ListenAsync(TransportPair.Listen(), Cancel);
        await using var network = new BadNetwork(listener.LocalEndPoint, new PathConditions());
        var connecting = clients.ConnectAsync(TransportPair.ConnectTo(network.Address), Cancel);
        var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        var stream = await client.OpenStreamAsync(Cancel);

        Stop();
        network.ToClient.IsDown = true;
        await server.CloseAsync(99, "not heard");
        var (sent, received) = (servers.Counters.PacketsSent, servers.Counters.PacketsReceived);
        while (servers.Counters.PacketsReceived < received + 30)
        {
            await stream.WriteAsync(new byte[1], cancellationToken: Cancel);
            await Task.Delay(1, Cancel);
        }

        (servers.Counters.PacketsSent - sent).ShouldBeInRange(1, 10);
    }

    private void Stop()
    {
        _stoppedAt = (ulong)Stopwatch.GetTimestamp();
        _isStopped = true;
    }

    private ulong Clock() => _isStopped ? _stoppedAt : (ulong)Stopwatch.GetTimestamp();
}
