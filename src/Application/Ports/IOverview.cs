using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// What there is, for whoever runs the service: each list by id, those behind one id or from the first on. No hash of a secret leaves it
/// but inside what it was stored with.
/// </summary>
public interface IOverview
{
    /// <param name="search">A whole e-mail address, or the beginning of an account's id or of the name of an organisation of it; null: all.</param>
    /// <param name="state">Null: in whichever.</param>
    Task<IReadOnlyList<AccountSeen>> AccountsAsync(string? search, AccountState? state, string? after, int most, CancellationToken cancellationToken);

    /// <summary>One account; null where there is none.</summary>
    Task<AccountSeen?> AccountAsync(AccountId id, CancellationToken cancellationToken);

    /// <param name="account">Null: of all.</param>
    Task<IReadOnlyList<ApiKey>> KeysAsync(AccountId? account, string? after, int most, CancellationToken cancellationToken);

    /// <param name="search">The beginning of an agent's name or of its did:key; null: all.</param>
    /// <param name="account">Null: of all.</param>
    Task<IReadOnlyList<Agent>> AgentsAsync(string? search, AccountId? account, string? after, int most, CancellationToken cancellationToken);

    /// <summary>Whose organisations these are; those that nobody has are left out.</summary>
    Task<IReadOnlyDictionary<OrgName, AccountId>> OwnersAsync(IReadOnlyCollection<OrgName> orgs, CancellationToken cancellationToken);

    /// <summary>When each of these channels was closed; those that were not are left out.</summary>
    Task<IReadOnlyDictionary<ChannelId, DateTimeOffset>> ClosedAsync(IReadOnlyCollection<ChannelId> channels, CancellationToken cancellationToken);
}

/// <summary>An account and how much it has.</summary>
/// <param name="Keys">API keys that are not revoked.</param>
/// <param name="Agents">Revoked ones too.</param>
public sealed record AccountSeen(Account Account, int Keys, int Agents);
