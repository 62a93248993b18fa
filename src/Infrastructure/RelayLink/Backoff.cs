namespace Skytale.RelayLink;

/// <summary>
/// How long to wait before the next attempt at a connection: longer each time, until one has been of use. One that ends at
/// once has not: a relay that takes an agent in to throw it out is no reason to storm it.
/// </summary>
internal sealed class Backoff
{
    internal static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>A connection that lived so long was of use.</summary>
    internal static readonly TimeSpan UsefulLife = TimeSpan.FromMilliseconds(500);

    private TimeSpan _delay = First;

    /// <summary>The wait before the next attempt; between half of it and all of it is to be waited, so that not everybody comes at once.</summary>
    internal TimeSpan Next()
    {
        var delay = _delay;
        _delay = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }

    /// <summary>A connection lived for so long.</summary>
    internal void Lived(TimeSpan life)
    {
        if (life >= UsefulLife)
            _delay = First;
    }
}
