namespace Skytale.MlsInterop.State;

/// <summary>
/// What the runner names by id. All kinds draw from one counter, because a PSK is stored for "a state or a transaction"
/// and the id alone must tell which. Used under the service's lock.
/// </summary>
internal sealed class Store : IDisposable
{
    private readonly Dictionary<uint, IDisposable> _entries = [];
    private uint _last;

    public uint Add(IDisposable entry)
    {
        _entries.Add(++_last, entry);
        return _last;
    }

    /// <summary>The entry of an id, which must be of the kind.</summary>
    public T Get<T>(uint id) where T : class =>
        _entries.GetValueOrDefault(id) as T ?? throw Refused.NotFound($"there is no {typeof(T).Name} {id}");

    public IDisposable? Find(uint id) => _entries.GetValueOrDefault(id);

    /// <summary>Forgets an entry and what it holds.</summary>
    public void Remove(uint id)
    {
        if (_entries.Remove(id, out var entry))
            entry.Dispose();
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
            entry.Dispose();
        _entries.Clear();
    }
}
