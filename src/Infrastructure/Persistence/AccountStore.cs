using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary><see cref="IAccountStore"/> over EF Core; a context a call, so every method may be called concurrently.</summary>
public sealed class AccountStore(Func<SkytaleContext> open) : IAccountStore
{
    public Task<Refusal?> AddAccountAsync(Account account, Org org, CancellationToken cancellationToken) =>
        WriteAsync(context =>
        {
            context.AddRange(account, org);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    public Task<Refusal?> AddKeyAsync(ApiKey key, Quota quota, CancellationToken cancellationToken) =>
        WriteAsync(async context =>
        {
            context.Add(key);
            return await CountAsync(context, key.AccountId, SkytaleContext.KeyCount, quota.Keys, "API keys", cancellationToken);
        }, cancellationToken);

    public Task<Refusal?> AddAgentAsync(Agent agent, Quota quota, CancellationToken cancellationToken) =>
        WriteAsync(async context =>
        {
            context.Add(agent);
            return await CountAsync(context, agent.AccountId, SkytaleContext.AgentCount, quota.Agents, "agents", cancellationToken);
        }, cancellationToken);

    public Task<Account?> FindAccountAsync(EmailAddress email, CancellationToken cancellationToken) =>
        FindAsync<Account>(row => row.Email == email, cancellationToken);

    public Task<ApiKey?> FindKeyAsync(KeyId id, CancellationToken cancellationToken) =>
        FindAsync<ApiKey>(row => row.Id == id, cancellationToken);

    public Task<Agent?> FindAgentAsync(AccountId account, AgentName name, CancellationToken cancellationToken) =>
        FindAsync<Agent>(row => row.AccountId == account && row.Name == name, cancellationToken);

    public Task<Agent?> FindAgentAsync(AccountId account, AgentId id, CancellationToken cancellationToken) =>
        FindAsync<Agent>(row => row.AccountId == account && row.Id == id, cancellationToken);

    public async Task<IReadOnlyList<ApiKey>> KeysOfAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var context = open();
        var keys = await context.ApiKeys.AsNoTracking().Where(row => row.AccountId == account).ToListAsync(cancellationToken);
        return [.. keys.OrderBy(key => key.CreatedAt)]; // Not in the database: SQLite orders no points in time.
    }

    public async Task<Refusal?> RevokeKeyAsync(AccountId account, KeyId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        if (await context.ApiKeys.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(cancellationToken) == 0)
            return new Refusal(ErrorCode.NotFound, "The account has no such key.");
        await context.Accounts.Where(row => row.Id == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, SkytaleContext.KeyCount), row => EF.Property<int>(row, SkytaleContext.KeyCount) - 1), cancellationToken);
        // Under the lock a higher number is never readable before a lower one.
        var last = await context.Revocations.MaxAsync(row => (long?)row.Number, cancellationToken) ?? 0;
        context.Add(new Revocation(last + 1, RevokedKind.Key, id.ToString(), now));
        await context.SaveChangesAsync(cancellationToken);
        var old = now - Revocation.Kept;
        await context.Revocations.Where(row => row.At < old && row.Number <= last).ExecuteDeleteAsync(cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return null;
    }

    public async Task<IReadOnlyList<OrgName>> OrgsOfAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Orgs.Where(row => row.AccountId == account).OrderBy(row => row.Name).Select(row => row.Name)
            .ToListAsync(cancellationToken);
    }

    public async Task ReplaceKeyHashAsync(KeyId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.ApiKeys.Where(row => row.Id == id && row.SecretHash == read)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecretHash, replacement), cancellationToken);
    }

    public async Task ReplacePasswordHashAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Accounts.Where(row => row.Id == id && row.PasswordHash == read)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, replacement), cancellationToken);
    }

    /// <summary>Runs the change and the inserts in one transaction; a refusal, from the change or from the database, leaves nothing.</summary>
    private async Task<Refusal?> WriteAsync(Func<SkytaleContext, Task<Refusal?>> change, CancellationToken cancellationToken)
    {
        await using var context = open();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await change(context) is { } refusal)
            return refusal;
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.RefusalOf(exception) is { } taken)
        {
            return taken;
        }
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Takes one from the account's quota: a conditional update of one row, so racing requests cannot pass it together.</summary>
    private static async Task<Refusal?> CountAsync(
        SkytaleContext context, AccountId account, string counter, int limit, string what, CancellationToken cancellationToken)
    {
        var counted = await context.Accounts.Where(row => row.Id == account && EF.Property<int>(row, counter) < limit)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, counter), row => EF.Property<int>(row, counter) + 1), cancellationToken);
        if (counted == 1)
            return null;
        return await context.Accounts.AnyAsync(row => row.Id == account, cancellationToken)
            ? new Refusal(ErrorCode.LimitReached, $"An account has at most {limit} {what}.")
            : new Refusal(ErrorCode.NotFound, "There is no such account.");
    }

    private async Task<T?> FindAsync<T>(Expression<Func<T, bool>> condition, CancellationToken cancellationToken)
        where T : class
    {
        await using var context = open();
        return await context.Set<T>().AsNoTracking().SingleOrDefaultAsync(condition, cancellationToken);
    }
}
