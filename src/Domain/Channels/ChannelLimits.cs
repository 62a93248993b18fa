using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Everything that agents can make a relay keep has a bound; going over it is <see cref="ErrorCode.LimitReached"/>, or the oldest goes.</summary>
public sealed record ChannelLimits
{
    /// <summary>Channels that one agent is in at once.</summary>
    public int ChannelsPerAgent { get; init; } = 1_000;

    /// <summary>Members of one channel.</summary>
    public int MembersPerChannel { get; init; } = 1_000;

    /// <summary>
    /// Commits of one member of a channel that are accepted or invalid. What only came too late takes nothing, so that members
    /// who contend are not punished for it.
    /// </summary>
    public Allowance CommitsPerMember { get; init; } = new(200, TimeSpan.FromSeconds(1));

    /// <summary>Commits of one channel that no other member has applied yet: for each the channel as it was before is kept.</summary>
    public int TentativePerChannel { get; init; } = 1_024;

    /// <summary>After this time a commit stands that nobody has applied or rejected.</summary>
    public TimeSpan TentativeAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Reports of one member of a channel that become entries.</summary>
    public Allowance ReportsPerMember { get; init; } = new(200, TimeSpan.FromSeconds(1));

    /// <summary>Commits that one member of a channel may have voided.</summary>
    public Allowance VoidingsPerMember { get; init; } = new(4, TimeSpan.FromMinutes(5));

    /// <summary>Wishes of one member of a channel to be added again.</summary>
    public Allowance ReAddingsPerMember { get; init; } = new(3, TimeSpan.FromMinutes(20));

    /// <summary>KeyPackages that wait for one agent.</summary>
    public int KeyPackagesPerAgent { get; init; } = 100;

    /// <summary>KeyPackages that one agent may ask for.</summary>
    public Allowance ClaimsPerAgent { get; init; } = new(200, TimeSpan.FromSeconds(1));

    /// <summary>KeyPackages of one other agent that one agent may ask for: fewer than a pool holds.</summary>
    public Allowance ClaimsPerPair { get; init; } = new(20, TimeSpan.FromSeconds(10));

    /// <summary>Welcomes that wait for one agent.</summary>
    public int WelcomesPerAgent { get; init; } = 1_000;

    /// <summary>Bytes of one channel's frames; beyond them the oldest messages go, read or not.</summary>
    public long BytesPerChannel { get; init; } = 256L << 20;

    /// <summary>How long a message is kept for members that have not acknowledged it.</summary>
    public TimeSpan MessageAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Entries behind a removal for which messages before it are still kept for the removed agent, which has a right to them.</summary>
    public ulong EntriesForRemoved { get; init; } = 16_384;

    /// <summary>How long a commit is kept.</summary>
    public TimeSpan CommitAge { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Invitations of one channel that may still be used.</summary>
    public int InvitationsPerChannel { get; init; } = 64;

    /// <summary>Invitations that agents of one account have announced, in all channels.</summary>
    public int InvitationsPerAccount { get; init; } = 10_000;

    /// <summary>Invitations that the relay knows.</summary>
    public int Invitations { get; init; } = 500_000;

    /// <summary>Requests to join one channel that wait for a member.</summary>
    public int JoinRequestsPerChannel { get; init; } = 64;

    /// <summary>Requests of one agent that wait, in all channels.</summary>
    public int JoinRequestsPerAgent { get; init; } = 16;

    /// <summary>Requests to join that wait at the relay.</summary>
    public int JoinRequests { get; init; } = 10_000;

    /// <summary>How often one agent may ask to join, by whatever invitation.</summary>
    public Allowance JoinAsksPerAgent { get; init; } = new(20, TimeSpan.FromSeconds(5));

    /// <summary>Why whoever is in so many channels, with so many Welcomes waiting, may not be added to another; null: it may.</summary>
    public Refusal? JudgeAdded(AgentId agent, int channels, int welcomes)
    {
        if (channels >= ChannelsPerAgent)
            return Reached($"{ChannelsPerAgent} channels of {agent}");
        return welcomes >= WelcomesPerAgent ? Reached($"{WelcomesPerAgent} Welcomes that wait for {agent}") : null;
    }

    internal static Refusal Reached(string what) => new(ErrorCode.LimitReached, $"The limit is reached: {what}.");
}
