using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Everything that agents can make a relay keep has a bound; going over it is <see cref="ErrorCode.LimitReached"/>.</summary>
public sealed record ChannelLimits
{
    /// <summary>Channels that one agent is in at once.</summary>
    public int ChannelsPerAgent { get; init; } = 1_000;

    /// <summary>Members of one channel.</summary>
    public int MembersPerChannel { get; init; } = 1_000;

    /// <summary>KeyPackages that wait for one agent.</summary>
    public int KeyPackagesPerAgent { get; init; } = 100;

    /// <summary>Welcomes that wait for one agent.</summary>
    public int WelcomesPerAgent { get; init; } = 1_000;

    /// <summary>Bytes of one channel's log: the frames, and what an entry costs beside them.</summary>
    public long BytesPerChannel { get; init; } = 256L << 20;

    internal static Refusal Reached(string what) => new(ErrorCode.LimitReached, $"The limit is reached: {what}.");
}
