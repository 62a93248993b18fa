namespace Skytale.Channels;

/// <summary>How many things each key has. Not for concurrent use.</summary>
internal sealed class Tally<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, int> _counts = [];

    /// <summary>All of them together.</summary>
    public int Total { get; private set; }

    public int Of(TKey key) => _counts.GetValueOrDefault(key);

    public void Add(TKey key)
    {
        _counts[key] = Of(key) + 1;
        Total++;
    }

    public void Remove(TKey key)
    {
        if (Of(key) is var count && count > 1)
            _counts[key] = count - 1;
        else
            _counts.Remove(key);
        Total--;
    }
}
