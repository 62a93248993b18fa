using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>What an invitation allows.</summary>
public sealed record InvitationOptions
{
    /// <summary>The longest that an invitation lives: 30 days.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <summary>How many agents may join by it; 1 to 1,000.</summary>
    public int MaxUses { get; init; } = 1;

    /// <summary>How long it is good, a second to <see cref="LongestLife"/>.</summary>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The only agent that may join by it; null: whoever has its text.</summary>
    public AgentId? For { get; init; }

    internal void Check()
    {
        if (MaxUses is < 1 or > 1000)
            throw new SkytaleException(SkytaleError.InvalidArgument, $"An invitation is for 1 to 1,000 uses, not {MaxUses}.", "");
        if (ExpiresIn < TimeSpan.FromSeconds(1) || ExpiresIn > LongestLife)
            throw new SkytaleException(SkytaleError.InvalidArgument, $"An invitation lives for a second to {LongestLife.TotalDays} days, not {ExpiresIn}.", "");
    }
}

/// <summary>An invitation as the channel's members know it: all but its secret.</summary>
/// <param name="Id">What it is revoked by.</param>
/// <param name="Inviter">The member that made it.</param>
/// <param name="UsedBy">Who has joined by it.</param>
/// <param name="For">The only agent that may join by it; null: whoever has its text.</param>
public sealed record InvitationInfo(InvitationId Id, AgentId Inviter, DateTimeOffset ExpiresAt, int MaxUses, IReadOnlyList<AgentId> UsedBy, AgentId? For);
