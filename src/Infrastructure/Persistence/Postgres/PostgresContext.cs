using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Skytale.Persistence.Postgres;

/// <summary>Postgres, by <c>ConnectionStrings:Postgres</c>.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : SkytaleContext(options)
{
    private const long MigrationLock = 0x736b7974616c65; // "skytale"

    /// <summary>Without connections: options that name some have services of their own made for them by EF Core.</summary>
    internal static DbContextOptions<PostgresContext> Options { get; } = new DbContextOptionsBuilder<PostgresContext>().UseNpgsql().Options;

    /// <summary>A context by itself.</summary>
    public static PostgresContext Of(NpgsqlDataSource connections) => new PostgresContext(Options).On(connections);

    internal PostgresContext On(NpgsqlDataSource connections)
    {
        Database.SetDbConnection(connections.CreateConnection(), contextOwnsConnection: true);
        return this;
    }

    internal override async Task BeginExclusiveAsync(CancellationToken cancellationToken)
    {
        await Database.BeginTransactionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);
    }
}

/// <summary>Lets <c>dotnet ef migrations add --context PostgresContext</c> see the model.</summary>
internal sealed class PostgresContextForDesign : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) => PostgresContext.Of(NpgsqlDataSource.Create("Host=design-time"));
}
