using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// Accounts, organisations, keys and agents at rest. Every write is one transaction; uniqueness and quotas are decided by
/// the database, so that they hold between requests that race. What ends somebody's access enters the list of what was revoked
/// in the same transaction, and so does what a request made that is not to be carried out twice (<see cref="MadeOnce"/>): where that name
/// is there already, nothing is made and <see cref="ErrorCode.Conflict"/> refused.
/// </summary>
public interface IAccountStore
{
    /// <summary>Stores both or neither; refuses <see cref="ErrorCode.EmailTaken"/>, <see cref="ErrorCode.OrgTaken"/>.</summary>
    Task<Refusal?> AddAccountAsync(Account account, Org org, MadeOnce? once, CancellationToken cancellationToken);

    /// <summary>The account of an address; a closed one has none.</summary>
    Task<Account?> FindAccountAsync(EmailAddress email, CancellationToken cancellationToken);

    /// <summary>The account, also when it is closed.</summary>
    Task<Account?> FindAccountAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>Replaces an account's password hash by one of the same password, if it still is the one that was read.</summary>
    Task ReplacePasswordHashAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);

    /// <summary>Gives the account another password and its tokens another generation; refuses <see cref="ErrorCode.Conflict"/> when the hash is not the one that was read.</summary>
    Task<Refusal?> ChangePasswordAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);

    /// <summary>Ends the account with its keys, agents and tokens, for ever, and forgets its address and password; refuses <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> CloseAccountAsync(AccountId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Refuses <see cref="ErrorCode.OrgTaken"/>, <see cref="ErrorCode.LimitReached"/>, <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> AddOrgAsync(Org org, Quota quota, MadeOnce? once, CancellationToken cancellationToken);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<OrgName>> OrgsOfAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Refuses <see cref="ErrorCode.LimitReached"/>, <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> AddKeyAsync(ApiKey key, Quota quota, MadeOnce? once, CancellationToken cancellationToken);

    /// <summary>The key, also when it is revoked.</summary>
    Task<ApiKey?> FindKeyAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>The account's keys, oldest first, with those that were revoked last (<see cref="ApiKey.RevokedKept"/>).</summary>
    Task<IReadOnlyList<ApiKey>> KeysOfAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Revokes a key of the account; refuses <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Refusal?> RevokeKeyAsync(AccountId account, KeyId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Replaces a key's hash by one of the same secret, if it still is the one that was read.</summary>
    Task ReplaceKeyHashAsync(KeyId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);

    /// <summary>Stores when the key was used.</summary>
    Task NoteKeyUseAsync(KeyId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses <see cref="ErrorCode.AgentNameTaken"/>, <see cref="ErrorCode.AgentKeyTaken"/>,
    /// <see cref="ErrorCode.LimitReached"/>, <see cref="ErrorCode.NotFound"/>.
    /// </summary>
    Task<Refusal?> AddAgentAsync(Agent agent, Quota quota, MadeOnce? once, CancellationToken cancellationToken);

    /// <summary>The agent that has the name now.</summary>
    Task<Agent?> FindAgentAsync(AccountId account, AgentName name, CancellationToken cancellationToken);

    /// <summary>The account's agent of this id, also when it is revoked.</summary>
    Task<Agent?> FindAgentAsync(AccountId account, AgentId id, CancellationToken cancellationToken);

    /// <summary>The account's agents, revoked ones too, by id.</summary>
    Task<IReadOnlyList<Agent>> AgentsOfAsync(AccountId account, int skip, int take, CancellationToken cancellationToken);

    /// <summary>Revokes an agent of the account; refuses <see cref="ErrorCode.UnknownAgent"/>.</summary>
    Task<Refusal?> RevokeAgentAsync(AccountId account, AgentId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What a request of this name made, whatever it asked.</summary>
    Task<MadeOnce?> FindMadeAsync(Once once, CancellationToken cancellationToken);

    /// <summary>Forgets the names of requests that were made before.</summary>
    Task ForgetMadeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
