using Microsoft.EntityFrameworkCore;
using Skytale.Audit;

namespace Skytale.Persistence;

/// <summary>The audit log's end, where entries are put one behind the other.</summary>
internal static class AuditTrail
{
    /// <summary>Records what is done in this transaction, which holds the lock: nobody else puts an entry behind the same one.</summary>
    public static async Task<AuditEntry> RecordAsync(this SkytaleContext context, AuditRecord what, CancellationToken cancellationToken)
    {
        var last = await context.Audit.AsNoTracking().OrderByDescending(row => row.Seq).FirstOrDefaultAsync(cancellationToken);
        var entry = AuditEntry.After(last, what);
        context.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        return entry;
    }

    /// <summary>As above, of something that the machine has done.</summary>
    public static Task<AuditEntry> RecordMachineAsync(this SkytaleContext context, string act, string target, DateTimeOffset at, CancellationToken cancellationToken) =>
        context.RecordAsync(new AuditRecord(at, AuditRecord.Machine, act, target, Reason: null, AuditRecord.Done, RequestId: null), cancellationToken);
}
