using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Persistence;

/// <summary><see cref="IRevocations"/> over EF Core; <see cref="AccountStore"/> writes what is read here.</summary>
public sealed class RevocationList(Func<SkytaleContext> open) : IRevocations
{
    public async Task<IReadOnlyList<Revocation>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Revocations.AsNoTracking().Where(row => row.Number > after).OrderBy(row => row.Number)
            .Take(IRevocations.PageSize).ToListAsync(cancellationToken);
    }
}
