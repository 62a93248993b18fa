using System.Diagnostics;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A loop that fails, by a bug of ours, costs its connections and nothing else.</summary>
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

    private ulong Clock() =>
        Interlocked.Exchange(ref _breaks, 0) == 0 ? (ulong)Stopwatch.GetTimestamp() : throw new InvalidOperationException("broken");
}
