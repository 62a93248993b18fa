namespace Skytale.Accounts;

/// <summary>What can be revoked: whoever it is a part of is let in no longer.</summary>
public enum RevokedKind
{
    /// <summary>An API key, by its <see cref="KeyId"/>.</summary>
    Key,

    /// <summary>An agent, by its did:key.</summary>
    Agent,

    /// <summary>An account, by its <see cref="AccountId"/>.</summary>
    Account,
}

/// <summary>A place in the list of what was revoked. What was revoked comes never back: ids are not used again.</summary>
/// <param name="Number">Its place; higher than that of every revocation that could be read before.</param>
/// <param name="Subject">The id's text.</param>
public sealed record Revocation(long Number, RevokedKind Kind, string Subject, DateTimeOffset At)
{
    /// <summary>How long it is in the list: longer than any token, and than a relay goes without reading the list.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
}
