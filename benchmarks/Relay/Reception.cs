using System.Diagnostics;
using System.Globalization;
using Skytale.Protocol;

namespace Skytale.Benchmarks.Relay;

/// <summary>What the receivers made of the messages that were announced.</summary>
/// <param name="LastAt">When the last receiver had the last one: a timestamp.</param>
/// <param name="P50">From the sender's hand to a receiver's, in milliseconds, over all receivers.</param>
internal sealed record Received(long LastAt, double P50, double P99, double Longest);

/// <summary>Counts messages until every receiver has every one; any thread.</summary>
/// <param name="say">Told, as a line, how many messages all have, now and then: by it the sender keeps its window.</param>
internal sealed class Reception(ulong first, int count, int receivers, Action<string> say)
{
    /// <summary>Messages between two lines.</summary>
    public const int Step = 16;

    private const double BucketMicroseconds = 10;
    private readonly int[] _missing = [.. Enumerable.Repeat(receivers, count)];
    private readonly int[] _latencies = new int[100_000]; // Up to a second.
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastAt;

    public Task Completed => _completed.Task;

    public void Add(ulong sequence, MessageId id)
    {
        var now = Stopwatch.GetTimestamp();
        var bucket = (int)(Stopwatch.GetElapsedTime(Room.SentAt(id), now).TotalMicroseconds / BucketMicroseconds);
        Interlocked.Increment(ref _latencies[Math.Min(bucket, _latencies.Length - 1)]);
        var index = (int)(sequence - first);
        if (Interlocked.Decrement(ref _missing[index]) > 0)
            return;
        // Everyone has those before it too: each receives in order.
        if (index == count - 1)
        {
            _lastAt = now;
            _completed.SetResult();
        }
        else if ((index + 1) % Step == 0)
        {
            say((index + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    public Received Result() => new(_lastAt, Quantile(0.5), Quantile(0.99), Quantile(1));

    private double Quantile(double part)
    {
        var left = (long)Math.Ceiling(part * count * receivers);
        var bucket = -1;
        while (left > 0)
            left -= _latencies[++bucket];
        return (bucket + 1) * BucketMicroseconds / 1000;
    }
}
