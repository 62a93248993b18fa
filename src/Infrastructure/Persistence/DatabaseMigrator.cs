using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Skytale.Persistence;

/// <summary>
/// Brings the database up to this program's tables when the server starts. Everything happens in one transaction that
/// holds a lock, so that servers that start together wait for each other, and a crash in the middle leaves nothing.
/// (EF's own lock on SQLite is a row: a crash would leave it behind and the next start would wait for ever.)
/// </summary>
public sealed class DatabaseMigrator(Func<SkytaleContext> open)
{
    /// <summary>How long a statement of a migration may take, and the wait for another server's.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InvalidDataException">The database was written by a newer version of this program.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = open();
        context.Database.SetCommandTimeout(s_patience);
        await context.BeginExclusiveAsync(cancellationToken);

        var history = context.GetService<IHistoryRepository>();
        await ExecuteAsync(context, history.GetCreateIfNotExistsScript(), cancellationToken);
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"The database has the migration {unknown}, which this version of the server does not know: start a newer one.");

        var last = applied.LastOrDefault();
        if (last != known[^1])
        {
            var script = context.GetService<IMigrator>().GenerateScript(last, known[^1], MigrationsSqlGenerationOptions.NoTransactions);
            await ExecuteAsync(context, script, cancellationToken);
        }
        await context.Database.CommitTransactionAsync(cancellationToken);
    }

    [SuppressMessage("Security", "CA2100", Justification = "EF Core made the script from this assembly's migrations.")]
    private static async Task ExecuteAsync(SkytaleContext context, string script, CancellationToken cancellationToken)
    {
        // Not ExecuteSqlRaw, which reads braces in a script as parameters.
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(context.Database.CurrentTransaction!);
        command.CommandText = script;
        command.CommandTimeout = (int)s_patience.TotalSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
