using System.Collections.Concurrent;

namespace Skytale.Application.Delivery;

/// <summary>One signal a key, as long as somebody listens to it.</summary>
public abstract class Signals<TKey> where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TKey, (Signal Signal, int Listeners)> _signals = new();

    /// <summary>Wakes the key's listeners; there may be none.</summary>
    public void Pulse(TKey key)
    {
        if (_signals.TryGetValue(key, out var found))
            found.Signal.Pulse();
    }

    /// <summary>The key's signal; to be given back with <see cref="Release"/>.</summary>
    internal Signal Listen(TKey key)
    {
        lock (_gate)
        {
            var (signal, listeners) = _signals.TryGetValue(key, out var found) ? found : (new Signal(), 0);
            _signals[key] = (signal, listeners + 1);
            return signal;
        }
    }

    internal void Release(TKey key)
    {
        lock (_gate)
        {
            var (signal, listeners) = _signals[key];
            if (listeners == 1)
                _signals.TryRemove(key, out _);
            else
                _signals[key] = (signal, listeners - 1);
        }
    }
}
