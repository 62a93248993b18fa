namespace Skytale.Channels;

/// <summary>How often something may be done: so many times at once, and then once an interval.</summary>
public readonly record struct Allowance(int Burst, TimeSpan Interval);

/// <summary>An allowance a key, in a table of bounded size. Not for concurrent use.</summary>
internal sealed class Allowances<TKey>(Allowance allowance, int capacity) where TKey : notnull
{
    // When the key will have all of its burst again.
    private readonly Dictionary<TKey, DateTimeOffset> _fullAt = [];

    /// <summary>Takes one; false when there is none, or no room to remember it.</summary>
    public bool TryTake(TKey key, DateTimeOffset now)
    {
        var fullAt = _fullAt.TryGetValue(key, out var known) && known > now ? known : now;
        if (fullAt + allowance.Interval > now + allowance.Burst * allowance.Interval)
            return false;
        if (_fullAt.Count >= capacity && !_fullAt.ContainsKey(key))
            ForgetFull(now);
        if (_fullAt.Count >= capacity && !_fullAt.ContainsKey(key))
            return false;
        _fullAt[key] = fullAt + allowance.Interval;
        return true;
    }

    private void ForgetFull(DateTimeOffset now)
    {
        foreach (var key in _fullAt.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
            _fullAt.Remove(key);
    }
}
