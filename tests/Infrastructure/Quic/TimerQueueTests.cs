using Skytale.Quic.Ngtcp2.Loop;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What is due comes when it is due, and what was overtaken takes no room for long.</summary>
public sealed class TimerQueueTests
{
    private readonly TimerQueue _queue = new();

    [Fact]
    public void Who_is_due_comes_in_the_order_of_time_and_by_its_latest_word()
    {
        var (first, second, moved, never) = (new Timed(10), new Timed(20), new Timed(15), new Timed(12));
        foreach (var timed in new[] { second, moved, never, first })
            _queue.Schedule(timed);
        moved.Expiry = 30; // Later: it is put right when its entry comes.
        TimerQueue.Remove(never);

        _queue.Pop(9).ShouldBeNull();
        _queue.Pop(25).ShouldBe(first);
        _queue.Pop(25).ShouldBe(second);
        _queue.Pop(25).ShouldBeNull();
        _queue.Next.ShouldBe(30ul);
        _queue.Pop(30).ShouldBe(moved);
        _queue.Next.ShouldBe(ulong.MaxValue);
    }

    [Fact]
    public void A_far_time_that_nearer_ones_overtake_again_and_again_is_kept_once()
    {
        const ulong far = 1_000_000_000;
        var connections = Enumerable.Range(0, 100).Select(_ => new Timed(far)).ToList();
        connections.ForEach(_queue.Schedule);

        for (ulong now = 1; now < 20_000; now += 2)
        {
            var connection = connections[(int)(now % 100)];
            connection.Expiry = now + 1;
            _queue.Schedule(connection);
            _queue.Pop(now + 1).ShouldBe(connection);
            connection.Expiry = far + now;
            _queue.Schedule(connection);
            _queue.Count.ShouldBeLessThanOrEqualTo(202);
        }

        var due = 0;
        while (_queue.Pop(2 * far) is not null)
            due++;
        due.ShouldBe(connections.Count);
    }

    private sealed class Timed(ulong expiry) : ITimed
    {
        public ulong Expiry { get; set; } = expiry;

        public ulong ScheduledAt { get; set; } = ulong.MaxValue;

        public void OnTimer(ulong now) => throw new NotSupportedException();
    }
}
