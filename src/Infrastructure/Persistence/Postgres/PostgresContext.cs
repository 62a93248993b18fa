using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Skytale.Persistence.Postgres;

/// <summary>Postgres, by <c>ConnectionStrings:Postgres</c>.</summary>
public sealed class PostgresContext(NpgsqlDataSource connections) : SkytaleContext
{
    private const long MigrationLock = 0x736b7974616c65; // "skytale"

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(connections.CreateConnection(), contextOwnsConnection: true);

    internal override async Task BeginExclusiveAsync(CancellationToken cancellationToken)
    {
        await Database.BeginTransactionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);
    }
}

/// <summary>Lets <c>dotnet ef migrations add --context PostgresContext</c> see the model.</summary>
internal sealed class PostgresContextForDesign : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) => new(NpgsqlDataSource.Create("Host=design-time"));
}
