using System.Diagnostics;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// Nanoseconds that never go back: libngtcp2 asserts that its timestamps do not, and would end the process. A source that
/// steps back costs that step, and time goes on from where it was.
/// </summary>
/// <param name="source">Nanoseconds since any moment; null: the machine's monotonic clock.</param>
internal sealed class LoopClock(Func<ulong>? source)
{
    private readonly Func<ulong> _source = source ?? (static () => (ulong)Stopwatch.GetTimestamp());
    private ulong _last;
    private ulong _now;

    /// <summary>The time now. One thread at a time.</summary>
    internal ulong Read()
    {
        var read = _source();
        if (read > _last)
            _now += read - _last;
        _last = read;
        return _now;
    }
}
