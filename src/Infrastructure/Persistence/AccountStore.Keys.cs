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
        EndAsync(
            context => context.RevokeKeyAsync(account, id, now, cancellationToken),
            new Refusal(ErrorCode.NotFound, "The account has no such key."),
            cancellationToken);

    public Task ReplaceKeyHashAsync(KeyId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken) =>
        UpdateAsync<ApiKey>(row => row.Id == id && row.SecretHash == read, set => set.SetProperty(row => row.SecretHash, replacement), cancellationToken);

    public Task NoteKeyUseAsync(KeyId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync<ApiKey>(row => row.Id == id, set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
}
