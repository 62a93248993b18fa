using Microsoft.EntityFrameworkCore;
using Skytale.Application.Ports;

namespace Skytale.Persistence;

/// <summary>
/// <see cref="IPublishedKeys"/> over EF Core. A key that has ended stays, so that the server that has its private half knows. What changes
/// them is the machine's: each change is in the audit log.
/// </summary>
public sealed class PublishedKeys(Func<SkytaleContext> open) : IPublishedKeys
{
    public async Task<IReadOnlyList<PublishedKey>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.TokenKeys.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.KeyId).ToListAsync(cancellationToken);
    }

    public async Task PublishAsync(PublishedKey key, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        if (await context.TokenKeys.AnyAsync(row => row.KeyId == key.KeyId, cancellationToken))
            return;
        context.Add(key);
        await context.RecordMachineAsync("publish_token_key", key.KeyId, key.CreatedAt, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
    }

    public async Task<bool> ReplaceAsync(string keyId, PublishedKey by, DateTimeOffset ends, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        var ended = await context.TokenKeys.Where(row => row.KeyId == keyId && row.EndsAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, ends), cancellationToken);
        if (ended == 0)
            return false;
        context.Add(by);
        await context.RecordMachineAsync("rotate_token_key", keyId, by.CreatedAt, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return true;
    }

    public async Task<bool> EndAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        var ended = await context.TokenKeys.Where(row => row.KeyId == keyId && (row.EndsAt == null || row.EndsAt > now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, now), cancellationToken);
        if (ended == 0)
            return false;
        await context.RecordMachineAsync("end_token_key", keyId, now, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return true;
    }
}
