using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Persistence;

// API keys. A revoked one leaves its place in the quota and stays in the list for a while.
public sealed partial class AccountStore
{
    public Task<Refusal?> AddKeyAsync(ApiKey key, Quota quota, MadeOnce? once, CancellationToken cancellationToken) =>
        WriteAsync(once, async context =>
        {
            context.Add(key);
            return await CountAsync(context, key.AccountId, SkytaleContext.KeyCount, quota.Keys, "API keys", cancellationToken);
        }, cancellationToken);

    public Task<ApiKey?> FindKeyAsync(KeyId id, CancellationToken cancellationToken) =>
        FindAsync<ApiKey>(row => row.Id == id, cancellationToken);

    public async Task<IReadOnlyList<ApiKey>> KeysOfAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var context = open();
        var keys = await context.ApiKeys.AsNoTracking().Where(row => row.AccountId == account).ToListAsync(cancellationToken);
        return [.. keys.OrderBy(key => key.CreatedAt)]; // Not in the database: SQLite orders no points in time.
    }

    public Task<Refusal?> RevokeKeyAsync(AccountId account, KeyId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        RevokeAsync(RevokedKind.Key, id.ToString(), now, new Refusal(ErrorCode.NotFound, "The account has no such key."), async context =>
        {
            var revoked = await context.ApiKeys.Where(row => row.Id == id && row.AccountId == account && row.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
            if (revoked == 0)
                return revoked;
            await context.Accounts.Where(row => row.Id == account)
                .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, SkytaleContext.KeyCount), row => EF.Property<int>(row, SkytaleContext.KeyCount) - 1), cancellationToken);
            await context.ApiKeys.Where(row => row.AccountId == account && row.RevokedAt != null)
                .OrderByDescending(row => row.RevokedAt).ThenBy(row => row.Id).Skip(ApiKey.RevokedKept).ExecuteDeleteAsync(cancellationToken);
            return revoked;
        }, cancellationToken);

    public Task ReplaceKeyHashAsync(KeyId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken) =>
        UpdateAsync<ApiKey>(row => row.Id == id && row.SecretHash == read, set => set.SetProperty(row => row.SecretHash, replacement), cancellationToken);

    public Task NoteKeyUseAsync(KeyId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync<ApiKey>(row => row.Id == id, set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
}
