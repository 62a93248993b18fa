namespace Skytale.Accounts;

/// <summary>An API key as it is stored: its secret's hash only.</summary>
/// <param name="Label">What the owner calls it; may be empty.</param>
/// <param name="Scopes">What it and its tokens allow.</param>
public sealed record ApiKey(KeyId Id, AccountId AccountId, string Label, ScopeSet Scopes, SecretHash SecretHash, DateTimeOffset CreatedAt)
{
    /// <summary>Longest label, in characters.</summary>
    public const int MaxLabelLength = 64;

    /// <summary>Revoked keys that an account's list goes on showing; of more the oldest go.</summary>
    public const int RevokedKept = 100;

    /// <summary>How far <see cref="LastUsedAt"/> may lag: a busy key is one write in this time, not one a request.</summary>
    public static readonly TimeSpan UseLag = TimeSpan.FromMinutes(5);

    private const int PrefixIdLength = 8;

    /// <summary>When it was last exchanged or shown, but for <see cref="UseLag"/>; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>How the whole key begins, so that its owner knows it in a file of theirs.</summary>
    public string Prefix => $"{ApiKeySecret.Prefix}{Id.ToString()[..PrefixIdLength]}";

    /// <summary>Whether a use at this time is to be stored.</summary>
    public bool IsUseNews(DateTimeOffset now) => LastUsedAt is null || now - LastUsedAt >= UseLag;
}
