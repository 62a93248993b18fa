using Skytale.Mls.Tree;

namespace Skytale.Agent.Channels;

/// <summary>
/// When this agent commits in a channel where other members commit too. One commit ends an epoch, and who is nearest to the
/// relay would win them all; so who has had its turn lets the others go first, the longer the fewer of them have committed
/// since. Those who are overdue wait least, and find an epoch that nobody else is in a hurry to end. A member that commits
/// alone waits for nothing. Safe for use by several threads.
/// </summary>
internal sealed class Contention(TimeProvider time)
{
    /// <summary>Epochs that a message or commit may lose to others' commits before its sender is told.</summary>
    public const int MaxLost = 128;

    /// <summary>The wait right behind one's own commit. Half of it is what a contended epoch lasts at least, so that a slow member's message gets through.</summary>
    public static readonly TimeSpan Yield = TimeSpan.FromMilliseconds(200);

    /// <summary>Beyond that a random wait up to this, for those whose turn it is alike.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(50);

    /// <summary>A member contends for so long after it has committed.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<LeafIndex, long> _others = [];
    private int? _sinceOwn;

    /// <summary>A commit of this agent was followed.</summary>
    public void Committed()
    {
        lock (_gate)
            _sinceOwn = 0;
    }

    /// <summary>Another member's commit was followed.</summary>
    public void OtherCommitted(LeafIndex committer)
    {
        lock (_gate)
        {
            _others[committer] = time.GetTimestamp();
            _sinceOwn++;
        }
    }

    /// <summary>Waits before an attempt to commit.</summary>
    public Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var (least, most) = Wait();
        return most > TimeSpan.Zero ? Task.Delay(least + ((most - least) * Random.Shared.NextDouble()), time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Between what and what the wait is.</summary>
    internal (TimeSpan Least, TimeSpan Most) Wait()
    {
        lock (_gate)
        {
            foreach (var quiet in _others.Where(other => time.GetElapsedTime(other.Value) > Memory).Select(other => other.Key).ToList())
                _others.Remove(quiet);
            if (_others.Count == 0)
                return default;
            // Two rounds of the others: then this agent is overdue.
            var least = _sinceOwn is { } since ? Yield * Math.Max(0, 1 - (since / (2.0 * _others.Count))) : TimeSpan.Zero;
            return (least, least + Jitter);
        }
    }
}
