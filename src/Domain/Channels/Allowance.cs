namespace Skytale.Channels;

/// <summary>How often something may be done: so many times at once, and then once an interval.</summary>
public readonly record struct Allowance(int Burst, TimeSpan Interval);

/// <summary>An allowance a key, in a table of bounded size. Not for concurrent use.</summary>
internal sealed class Allowances<TKey>(Allowance allowance, int capacity) where TKey : notnull
{
    // When the key will have all of its burst again.
    private readonly Dictionary<TKey, DateTimeOffset> _fullAt = [];

    /// <summary>True when there is one to take; takes nothing.</summary>
    public bool HasOne(TKey key, DateTimeOffset now) => FullAt(key, now) + allowance.Interval <= now + allowance.Burst * allowance.Interval;

    /// <summary>Takes one; false when there is none, or no room to remember it.</summary>
    public bool TryTake(TKey key, DateTimeOffset now)
    {
        if (!HasOne(key, now))
            return false;
        if (_fullAt.Count >= capacity && !_fullAt.ContainsKey(key))
            ForgetFull(now);
        if (_fullAt.Count >= capacity && !_fullAt.ContainsKey(key))
            return false;
        _fullAt[key] = FullAt(key, now) + allowance.Interval;
        return true;
    }

    /// <summary>True when somebody has taken what has not come back.</summary>
    public bool IsAnyTaken(DateTimeOffset now) => _fullAt.Values.Any(full => full > now);

    private DateTimeOffset FullAt(TKey key, DateTimeOffset now) => _fullAt.TryGetValue(key, out var known) && known > now ? known : now;

    private void ForgetFull(DateTimeOffset now)
    {
        foreach (var key in _fullAt.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
            _fullAt.Remove(key);
    }
}
