namespace Skytale.Accounts;

/// <summary>Who signed up: owns organisations, API keys and agents.</summary>
public sealed record Account(AccountId Id, EmailAddress Email, SecretHash PasswordHash, DateTimeOffset CreatedAt);

/// <summary>An organisation: a name that belongs to one account and begins the names of its channels.</summary>
public sealed record Org(OrgName Name, AccountId AccountId, DateTimeOffset CreatedAt);

/// <summary>An API key as it is stored: its secret's hash only.</summary>
/// <param name="Label">What the owner calls it; may be empty.</param>
public sealed record ApiKey(KeyId Id, AccountId AccountId, string Label, SecretHash SecretHash, DateTimeOffset CreatedAt)
{
    /// <summary>Longest label, in characters.</summary>
    public const int MaxLabelLength = 64;
}
