using Skytale.Mls.Tree;

namespace Skytale.Groups;

/// <summary>
/// RFC 9420 §7.2 in service channels: the committer and the relay look at the clock, a member that processes an accepted
/// commit only at the length, so that all judge an accepted commit alike.
/// </summary>
public static class Lifetimes
{
    /// <summary>The longest lifetime of a leaf.</summary>
    public static TimeSpan Maximum { get; } = TimeSpan.FromDays(90);

    /// <summary>How far a new leaf's lifetime starts before its making, for clocks that differ.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromHours(1);

    /// <summary>The lifetime of a leaf that is made now: as long as the maximum allows.</summary>
    public static Lifetime StartingNow(DateTimeOffset now) => Lifetime.Between(now - ClockSkew, now - ClockSkew + Maximum);

    /// <summary>For whoever adds a leaf: within its lifetime now, and no longer than the maximum.</summary>
    public static LifetimePolicy WhenAdding(DateTimeOffset now) => new() { Now = now, Maximum = Maximum };

    /// <summary>For whoever processes what was accepted: no longer than the maximum.</summary>
    public static LifetimePolicy WhenFollowing { get; } = new() { Maximum = Maximum };
}
