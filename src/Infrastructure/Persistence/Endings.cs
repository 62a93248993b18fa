using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>
/// How keys, agents and accounts end, whoever ends them. Each enters the list of what was revoked as well; to be called in a transaction
/// that holds the lock, under which a higher number of the list is never readable before a lower one. False: there was nothing to end.
/// </summary>
internal static class Endings
{
    /// <param name="account">Whose key it has to be.</param>
    public static async Task<bool> RevokeKeyAsync(this SkytaleContext context, AccountId account, KeyId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revoked = await context.ApiKeys.Where(row => row.Id == id && row.AccountId == account && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        if (revoked == 0)
            return false;
        await context.Accounts.Where(row => row.Id == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, SkytaleContext.KeyCount), row => EF.Property<int>(row, SkytaleContext.KeyCount) - 1), cancellationToken);
        await context.ApiKeys.Where(row => row.AccountId == account && row.RevokedAt != null)
            .OrderByDescending(row => row.RevokedAt).ThenBy(row => row.Id).Skip(ApiKey.RevokedKept).ExecuteDeleteAsync(cancellationToken);
        return await context.EnterAsync(RevokedKind.Key, id.ToString(), now, cancellationToken);
    }

    /// <param name="account">Whose agent it has to be.</param>
    public static async Task<bool> RevokeAgentAsync(this SkytaleContext context, AccountId account, AgentId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Agents.Where(row => row.AccountId == account && row.Id == id && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken) > 0
        && await context.EnterAsync(RevokedKind.Agent, id.ToString(), now, cancellationToken);

    /// <summary>Suspends an account that is not, or restores one that is.</summary>
    public static async Task<bool> SuspendAccountAsync(this SkytaleContext context, AccountId id, bool suspended, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Accounts.Where(row => row.Id == id && row.ClosedAt == null && row.SuspendedAt == null == suspended)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SuspendedAt, suspended ? now : (DateTimeOffset?)null), cancellationToken) > 0
        && await context.EnterAsync(suspended ? RevokedKind.Account : RevokedKind.AccountRestored, id.ToString(), now, cancellationToken);

    public static async Task<bool> CloseAccountAsync(this SkytaleContext context, AccountId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The account first: whoever adds a key or an agent meanwhile waits for its row, or is waited for and ended with the others.
        var closed = await context.Accounts.Where(row => row.Id == id && row.ClosedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ClosedAt, now)
                .SetProperty(row => row.Email, Account.ClosedEmail(id))
                .SetProperty(row => row.PasswordHash, new SecretHash("")),
            cancellationToken);
        if (closed == 0)
            return false;
        await context.ApiKeys.Where(row => row.AccountId == id && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        await context.Agents.Where(row => row.AccountId == id && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        return await context.EnterAsync(RevokedKind.Account, id.ToString(), now, cancellationToken);
    }

    /// <summary>Puts one at the end of the list.</summary>
    /// <returns>True.</returns>
    public static async Task<bool> EnterAsync(this SkytaleContext context, RevokedKind kind, string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await context.Revocations.MaxAsync(row => (long?)row.Number, cancellationToken) ?? 0;
        context.Add(new Revocation(last + 1, kind, subject, now));
        await context.SaveChangesAsync(cancellationToken);
        var old = now - Revocation.Kept;
        await context.Revocations.Where(row => row.At < old && row.Number <= last && row.Kind != RevokedKind.ChannelClosed).ExecuteDeleteAsync(cancellationToken);
        return true;
    }
}
