using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// Accounts, organisations, keys and agents at rest. Every write is one transaction; uniqueness and quotas are decided by
/// the database, so that they hold between requests that race.
/// </summary>
public interface IAccountStore
{
    /// <summary>Stores both or neither; refuses <see cref="ErrorCode.EmailTaken"/>, <see cref="ErrorCode.OrgTaken"/>.</summary>
    Task<Refusal?> AddAccountAsync(Account account, Org org, CancellationToken cancellationToken);

    /// <summary>Refuses <see cref="ErrorCode.LimitReached"/>, <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> AddKeyAsync(ApiKey key, Quota quota, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses <see cref="ErrorCode.AgentNameTaken"/>, <see cref="ErrorCode.AgentKeyTaken"/>,
    /// <see cref="ErrorCode.LimitReached"/>, <see cref="ErrorCode.NotFound"/>.
    /// </summary>
    Task<Refusal?> AddAgentAsync(Agent agent, Quota quota, CancellationToken cancellationToken);

    Task<Account?> FindAccountAsync(EmailAddress email, CancellationToken cancellationToken);

    Task<ApiKey?> FindKeyAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>The account's keys, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> KeysOfAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Removes a key of the account and puts it into the list of what was revoked; refuses <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> RevokeKeyAsync(AccountId account, KeyId id, DateTimeOffset now, CancellationToken cancellationToken);

    Task<Agent?> FindAgentAsync(AccountId account, AgentName name, CancellationToken cancellationToken);

    Task<Agent?> FindAgentAsync(AccountId account, AgentId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<OrgName>> OrgsOfAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Replaces a key's hash by one of the same secret, if it still is the one that was read.</summary>
    Task ReplaceKeyHashAsync(KeyId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);

    /// <summary>Replaces an account's password hash by one of the same password, if it still is the one that was read.</summary>
    Task ReplacePasswordHashAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);
}
