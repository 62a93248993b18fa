namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>How often something may be answered that costs the asker nothing: <paramref name="perSecond"/>, in bursts of as many.</summary>
internal sealed class TokenBucket(int perSecond)
{
    private readonly ulong _interval = 1_000_000_000UL / (ulong)perSecond;
    private ulong _emptyAt; // In the past: full at first.

    /// <summary>Takes one token, or says that there is none.</summary>
    internal bool TryTake(ulong now)
    {
        var from = Math.Max(_emptyAt, now > 1_000_000_000 ? now - 1_000_000_000 : 0);
        if (from + _interval > now)
            return false;
        _emptyAt = from + _interval;
        return true;
    }
}
