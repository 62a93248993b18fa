using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>
/// <see cref="IOverview"/> over EF Core. An id is compared as the text that it is in the database (the casts say so to EF), and every
/// list goes on behind the id that was last read, so that a page costs the same wherever it is.
/// </summary>
public sealed class Overview(Func<SkytaleContext> open) : IOverview
{
    private const string Escape = "\\";

    public async Task<IReadOnlyList<AccountSeen>> AccountsAsync(string? search, AccountState? state, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.Accounts.AsNoTracking();
        if (search is not null)
        {
            var beginning = Beginning(search);
            var email = EmailAddress.TryParse(search, out var address) ? address : default; // Nobody's, where it is none.
            rows = rows.Where(row => row.Email == email || EF.Functions.Like((string)(object)row.Id, beginning, Escape)
                || context.Orgs.Any(org => org.AccountId == row.Id && EF.Functions.Like((string)(object)org.Name, beginning, Escape)));
        }
        rows = state switch
        {
            AccountState.Active => rows.Where(row => row.ClosedAt == null && row.SuspendedAt == null),
            AccountState.Suspended => rows.Where(row => row.ClosedAt == null && row.SuspendedAt != null),
            AccountState.Closed => rows.Where(row => row.ClosedAt != null),
            _ => rows,
        };
        if (after is not null)
            rows = rows.Where(row => string.Compare((string)(object)row.Id, after) > 0);
        return await Seen(rows.OrderBy(row => row.Id).Take(most)).ToListAsync(cancellationToken);
    }

    public async Task<AccountSeen?> AccountAsync(AccountId id, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await Seen(context.Accounts.AsNoTracking().Where(row => row.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ApiKey>> KeysAsync(AccountId? account, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.ApiKeys.AsNoTracking();
        if (account is { } owner)
            rows = rows.Where(row => row.AccountId == owner);
        if (after is not null)
            rows = rows.Where(row => string.Compare((string)(object)row.Id, after) > 0);
        return await rows.OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Agent>> AgentsAsync(string? search, AccountId? account, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.Agents.AsNoTracking();
        if (search is not null)
        {
            var beginning = Beginning(search);
            rows = rows.Where(row => EF.Functions.Like((string)(object)row.Id, beginning, Escape) || EF.Functions.Like((string)(object)row.Name, beginning, Escape));
        }
        if (account is { } owner)
            rows = rows.Where(row => row.AccountId == owner);
        if (after is not null)
            rows = rows.Where(row => string.Compare((string)(object)row.Id, after) > 0);
        return await rows.OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<OrgName, AccountId>> OwnersAsync(IReadOnlyCollection<OrgName> orgs, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Orgs.AsNoTracking().Where(row => orgs.Contains(row.Name)).ToDictionaryAsync(row => row.Name, row => row.AccountId, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ChannelId, DateTimeOffset>> ClosedAsync(IReadOnlyCollection<ChannelId> channels, CancellationToken cancellationToken)
    {
        await using var context = open();
        var subjects = channels.ToDictionary(channel => channel.ToString());
        var rows = await context.Revocations.AsNoTracking().Where(row => row.Kind == RevokedKind.ChannelClosed && subjects.Keys.Contains(row.Subject)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => subjects[row.Subject], row => row.At);
    }

    private static IQueryable<AccountSeen> Seen(IQueryable<Account> rows) =>
        rows.Select(row => new AccountSeen(row, EF.Property<int>(row, SkytaleContext.KeyCount), EF.Property<int>(row, SkytaleContext.AgentCount)));

    /// <summary>The LIKE pattern of what begins so, its own wildcards taken as letters.</summary>
    private static string Beginning(string search) =>
        search.Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
