using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Skytale.Sqlite;

namespace Skytale.Persistence.Embedded;

/// <summary>The embedded default: one SQLite file in the server's data folder.</summary>
public sealed class EmbeddedContext(string path) : SkytaleContext(new DbContextOptions<EmbeddedContext>())
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite(SqliteDatabase.OpenPlain(path), contextOwnsConnection: true);

    /// <summary>The transaction itself is the lock: SQLite's other writers wait for it (IMMEDIATE), and so do other migrators.</summary>
    internal override Task BeginExclusiveAsync(CancellationToken cancellationToken) => Database.BeginTransactionAsync(cancellationToken);
}

/// <summary>Lets <c>dotnet ef migrations add --context EmbeddedContext</c> see the model.</summary>
internal sealed class EmbeddedContextForDesign : IDesignTimeDbContextFactory<EmbeddedContext>
{
    public EmbeddedContext CreateDbContext(string[] args) =>
        new(Path.Combine(Directory.CreateTempSubdirectory("skytale-design-").FullName, "design.db"));
}
