using Skytale.Protocol;

namespace Skytale.Names;

/// <summary>Everything that SLIM applications can make a relay keep has a bound; going over it is <see cref="ErrorCode.LimitReached"/>, or the oldest goes.</summary>
public sealed record NameLimits
{
    /// <summary>Links of one account that are open at once.</summary>
    public int LinksPerAccount { get; init; } = 1_000;

    /// <summary>Subscriptions of one link.</summary>
    public int SubscriptionsPerLink { get; init; } = 1_000;

    /// <summary>Mailboxes of one account; beyond them the one that is away for longest goes.</summary>
    public int MailboxesPerAccount { get; init; } = 10_000;

    /// <summary>Messages that wait in one mailbox.</summary>
    public int MessagesPerMailbox { get; init; } = 1_000;

    /// <summary>Bytes that wait in one mailbox.</summary>
    public long BytesPerMailbox { get; init; } = 16L << 20;

    /// <summary>Bytes that wait in all mailboxes of one account.</summary>
    public long BytesPerAccount { get; init; } = 256L << 20;

    /// <summary>Bytes that wait in all mailboxes.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>How long a mailbox stays when its link is gone.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromMinutes(10);

    internal static Refusal Reached(string what) => new(ErrorCode.LimitReached, $"The limit is reached: {what}.");
}
