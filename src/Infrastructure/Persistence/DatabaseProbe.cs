using Microsoft.EntityFrameworkCore;

namespace Skytale.Persistence;

/// <summary>Whether the database answers and takes writes: one on a read-only disk, or a standby, does not.</summary>
public sealed class DatabaseProbe(Func<SkytaleContext> open)
{
    /// <exception cref="System.Data.Common.DbException">It does not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Revocations.Where(_ => false).ExecuteDeleteAsync(cancellationToken);
    }
}
