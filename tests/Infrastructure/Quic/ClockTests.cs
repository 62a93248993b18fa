using System.Diagnostics;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Loop;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>libngtcp2 aborts the process when its timestamps go back: no clock may lead it there.</summary>
public sealed class ClockTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Time_goes_on_from_where_it_was_when_the_clock_steps_back_or_stands_still()
    {
        var readings = new Queue<ulong>([500, 600, 100, 100, 150, ulong.MaxValue / 2, 0, 1]);
        var clock = new LoopClock(readings.Dequeue);

        var times = Enumerable.Range(0, 8).Select(_ => clock.Read()).ToArray();

        times[..5].ShouldBe([500, 600, 600, 600, 650]);
        times[5..].ShouldBe([times[5], times[5], times[5] + 1]);
        times[5].ShouldBe(650 + ulong.MaxValue / 2 - 150);
    }

    /// <summary>In a process of its own: an abort would take the other tests along.</summary>
    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public Task A_process_outlives_a_clock_that_steps_back_and_stands_still() => OwnProcess.RunAsync(typeof(ClockTests), nameof(Connections_work_by_a_broken_clock));

    [Fact(Explicit = true, Timeout = Patience)]
    public async Task Connections_work_by_a_broken_clock()
    {
        // Every tenth reading is a second early, and a tenth is the one before once more.
        var readings = 0;
        ulong last = 0;
        ulong Broken() => (Interlocked.Increment(ref readings) % 10) switch
        {
            3 => (ulong)Stopwatch.GetTimestamp() - 1_000_000_000,
            7 => Volatile.Read(ref last),
            _ => last = (ulong)Stopwatch.GetTimestamp(),
        };
        var limits = new TransportLimits { IdleTimeout = TimeSpan.FromDays(10), KeepAlive = TimeSpan.Zero };
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { Clock = Broken, ServerHandshakeTimeout = TimeSpan.FromDays(10) });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(limits), Cancel);
        for (var i = 0; i < 10; i++)
        {
            var connecting = transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint, limits) with { HandshakeTimeout = TimeSpan.FromDays(10) }, Cancel);
            await using var server = await listener.AcceptAsync(Cancel);
            await using var client = await connecting;
            var stream = await client.OpenStreamAsync(Cancel);
            var writing = stream.WriteAsync(new byte[200_000], endStream: true, Cancel);
            var echoing = (await server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel);
            (await stream.ReadToEndAsync(Cancel)).Length.ShouldBe(200_000);
            await writing;
            await echoing;
        }
        readings.ShouldBeGreaterThan(1000);
    }
}
