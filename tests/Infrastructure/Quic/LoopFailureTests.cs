using System.Diagnostics;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A loop that fails, by a bug of ours, costs its connections, and a listener's ends the listener: nobody is left waiting.</summary>
public sealed class LoopFailureTests
{
    private int _breaks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_transport_whose_loop_failed_connects_again()
    {
        await using var servers = new Ngtcp2Transport();
        await using var listener = await servers.ListenAsync(TransportPair.Listen(), Cancel);
        await using var clients = new Ngtcp2Transport(new Ngtcp2TransportSettings { Clock = Clock });
        await using var lost = await clients.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        Volatile.Write(ref _breaks, 1);
        _ = await lost.OpenStreamAsync(Cancel).AsTask().ContinueWith(opening => opening.Exception, Cancel, TaskContinuationOptions.None, TaskScheduler.Default); // It wakes the loop.
        (await lost.Closed).Reason.ShouldBe("broken");

        await using var again = await clients.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);

        again.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_listener_with_a_failed_loop_ends_whole_and_says_so()
    {
        await using var servers = new Ngtcp2Transport(new Ngtcp2TransportSettings { Loops = 3, Clock = Clock });
        await using var listener = await servers.ListenAsync(TransportPair.Listen(), Cancel);
        var clients = new List<Ngtcp2Transport>(); // Each has a port of its own, by which the kernel chooses a loop.
        var accepted = new List<ITransportConnection>();
        ITransportConnection? last = null;
        for (var i = 0; i < 8; i++)
        {
            clients.Add(new Ngtcp2Transport());
            last = await clients[i].ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
            accepted.Add(await listener.AcceptAsync(Cancel));
        }

        await using var stream = await last!.OpenSendStreamAsync(Cancel);
        Volatile.Write(ref _breaks, 1);
        // One of the listener's loops looks at its clock: for this, or for a timer that was before it.
        await Task.WhenAny(stream.WriteAsync(new byte[] { 1 }, endStream: true, Cancel).AsTask());

        foreach (var connection in accepted)
            await connection.Closed;
        (await Should.ThrowAsync<TransportException>(async () => await listener.AcceptAsync(Cancel))).Error.ShouldBe(TransportError.Closed);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_clock_that_stays_broken_ends_the_loop_and_not_the_process()
    {
        await using var servers = new Ngtcp2Transport();
        await using var listener = await servers.ListenAsync(TransportPair.Listen(), Cancel);
        var isBroken = false;
        await using var clients = new Ngtcp2Transport(new Ngtcp2TransportSettings
        {
            Clock = () => Volatile.Read(ref isBroken) ? throw new InvalidOperationException("broken for good") : (ulong)Stopwatch.GetTimestamp(),
        });
        await using var lost = await clients.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        await using var accepted = await listener.AcceptAsync(Cancel);

        Volatile.Write(ref isBroken, true);
        await using var stream = await accepted.OpenSendStreamAsync(Cancel);
        await stream.WriteAsync(new byte[] { 1 }, endStream: true, Cancel); // It wakes the client's loop.

        (await lost.Closed).Reason.ShouldBe("broken for good");
    }

    private ulong Clock() =>
        Interlocked.Exchange(ref _breaks, 0) == 0 ? (ulong)Stopwatch.GetTimestamp() : throw new InvalidOperationException("broken");
}
