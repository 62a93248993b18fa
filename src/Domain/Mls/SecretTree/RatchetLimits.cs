namespace Skytale.Mls.SecretTree;

/// <summary>How far a receiving ratchet follows; §15.3 leaves the bounds to the application.</summary>
public static class RatchetLimits
{
    /// <summary>Generations that one message may skip: each costs three derivations, and an insider chooses how many.</summary>
    public const int MaxForward = 1024;

    /// <summary>Keys of skipped generations kept for late messages; the oldest go first.</summary>
    public const int MaxSkippedKept = 512;
}
