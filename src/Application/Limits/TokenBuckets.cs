namespace Skytale.Application.Limits;

/// <summary>
/// A token bucket a name, in a table of bounded size: the name that was seen longest ago makes room. May be called concurrently.
/// </summary>
/// <param name="each">How many in each period, and how many at once after a quiet one.</param>
public sealed class TokenBuckets(int each, TimeSpan period, int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Bucket>> _buckets = new(StringComparer.Ordinal);
    private readonly LinkedList<Bucket> _oldestFirst = new();

    /// <summary>How many names are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _buckets.Count;
        }
    }

    /// <summary>Takes one.</summary>
    /// <returns>Zero, or the whole seconds after which there is one again.</returns>
    public int Take(string name)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_buckets.TryGetValue(name, out var node))
            {
                _oldestFirst.Remove(node);
            }
            else
            {
                if (_buckets.Count == capacity)
                {
                    _buckets.Remove(_oldestFirst.First!.Value.Name);
                    _oldestFirst.RemoveFirst();
                }
                node = new LinkedListNode<Bucket>(new Bucket(name) { Tokens = each, At = now });
                _buckets.Add(name, node);
            }
            _oldestFirst.AddLast(node);

            var bucket = node.Value;
            bucket.Tokens = Math.Min(each, bucket.Tokens + time.GetElapsedTime(bucket.At, now) / period * each);
            bucket.At = now;
            if (bucket.Tokens < 1)
                return (int)Math.Ceiling((1 - bucket.Tokens) * period.TotalSeconds / each);
            bucket.Tokens--;
            return 0;
        }
    }

    /// <summary>Gives one back that was taken for nothing.</summary>
    public void GiveBack(string name)
    {
        lock (_gate)
        {
            if (_buckets.TryGetValue(name, out var node))
                node.Value.Tokens = Math.Min(each, node.Value.Tokens + 1);
        }
    }

    private sealed class Bucket(string name)
    {
        public string Name { get; } = name;
        public double Tokens { get; set; }
        public long At { get; set; }
    }
}
