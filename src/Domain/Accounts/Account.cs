using Skytale.Protocol;

namespace Skytale.Accounts;

/// <summary>Who signed up: owns organisations, API keys and agents.</summary>
public sealed record Account(AccountId Id, EmailAddress Email, SecretHash PasswordHash, DateTimeOffset CreatedAt)
{
    /// <summary>Since when the operator has it suspended; null: it is not.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>When its owner closed it; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often all of its account tokens were ended at once: one that says another number is good no longer.</summary>
    public int TokenGeneration { get; init; }

    /// <summary>A closed account is that and nothing else.</summary>
    public AccountState State => ClosedAt is not null ? AccountState.Closed : SuspendedAt is not null ? AccountState.Suspended : AccountState.Active;

    /// <summary>The address that a closed account has, so that its owner's is free again. Nobody gets mail there (RFC 2606 § 2).</summary>
    public static EmailAddress ClosedEmail(AccountId id) => EmailAddress.Parse($"{id}@closed.invalid");

    /// <summary>Why the account is not served now, for one who has proved to be its owner; null when it is.</summary>
    public Refusal? JudgeService() => SuspendedAt is null ? null : new Refusal(ErrorCode.AccountSuspended, "The account is suspended. Ask the operator of this service.");

    /// <summary>Why an account token of this generation is refused; null when it is good.</summary>
    public Refusal? JudgeToken(int generation) => ClosedAt is not null || generation != TokenGeneration
        ? new Refusal(ErrorCode.InvalidToken, "The token is not valid.")
        : JudgeService();
}

/// <summary>An organisation: a name that belongs to one account and begins the names of its channels. It stays with a closed account.</summary>
public sealed record Org(OrgName Name, AccountId AccountId, DateTimeOffset CreatedAt);
