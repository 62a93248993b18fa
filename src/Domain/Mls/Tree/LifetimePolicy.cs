namespace Skytale.Mls.Tree;

/// <summary>
/// §7.2, §7.3: how strictly lifetimes are taken. Whoever adds a client checks against the clock; leaves that stand in a
/// tree already may have expired since, and whoever only follows does not refuse what others have accepted.
/// </summary>
public sealed record LifetimePolicy
{
    /// <summary>Checks nothing: for a tree that others built.</summary>
    public static LifetimePolicy Unchecked { get; } = new();

    /// <summary>The present, which must lie within; null leaves the clock out of it.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The longest acceptable total lifetime; null for any.</summary>
    public TimeSpan? Maximum { get; init; }

    /// <summary>Checks a leaf that came from a key package; others have no lifetime.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidLifetime"/>.</exception>
    internal void Check(LeafNode leaf)
    {
        if (leaf.Source != LeafNodeSource.KeyPackage)
            return;
        if (Maximum is { } maximum && !leaf.Lifetime.IsNoLongerThan(maximum))
            throw new MlsException(MlsError.InvalidLifetime, $"longer than {maximum.TotalSeconds:F0} s");
        if (Now is { } now && !leaf.Lifetime.Contains(now))
            throw new MlsException(MlsError.InvalidLifetime, $"{now.ToUnixTimeSeconds()} is not within {leaf.Lifetime.NotBefore} to {leaf.Lifetime.NotAfter}");
    }
}
