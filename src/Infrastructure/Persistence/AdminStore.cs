using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary><see cref="IAdminStore"/> over EF Core; a context a call, so every method may be called concurrently.</summary>
public sealed partial class AdminStore(Func<SkytaleContext> open) : IAdminStore
{
    public async Task<Administrator?> FindAdminAsync(AdminId id, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Admins.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    public async Task<IReadOnlyList<Administrator>> AdminsAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Admins.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
    }

    public async Task ReplaceAdminHashAsync(AdminId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Admins.Where(row => row.Id == id && row.SecretHash == read)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecretHash, replacement), cancellationToken);
    }

    public async Task<Result<AuditEntry>> CarryOutAsync(AdminAct act, ActedBy by, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        // Again, behind the lock: an administrator who was revoked while this waited for it acts no more.
        if (AdminId.TryParse(by.Actor, out var actor) && !await context.Admins.AnyAsync(row => row.Id == actor && row.RevokedAt == null, cancellationToken))
            return new Refusal(ErrorCode.InvalidToken, "The administrator is revoked.");
        var outcome = await DoAsync(context, act, by.At, cancellationToken);
        if (outcome.Refusal is { Code: ErrorCode.NotFound or ErrorCode.UnknownAgent })
            return outcome.Refusal;
        var code = outcome.IsSuccess ? outcome.Value : outcome.Refusal.Code.Name();
        var entry = await context.RecordAsync(new AuditRecord(by.At, by.Actor, act.Name, act.Target, by.Reason, code, by.RequestId), cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return outcome.IsSuccess ? entry : outcome.Refusal;
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(long after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Audit.AsNoTracking().Where(row => row.Seq > after).OrderBy(row => row.Seq).Take(most).ToListAsync(cancellationToken);
    }
}
