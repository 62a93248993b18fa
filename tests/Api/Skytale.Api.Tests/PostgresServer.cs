using Npgsql;

[assembly: AssemblyFixture(typeof(Skytale.Tests.PostgresServer))]

namespace Skytale.Tests;

/// <summary>The PostgreSQL of a test run, with a database for each test that asks for one.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private PostgresCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
            return;
        _cluster = await PostgresCluster.CreateAsync();
        await _cluster.StartAsync("-c fsync=off -c max_connections=500");
    }

    /// <summary>An empty database; its connection string.</summary>
    public Task<string> CreateDatabaseAsync() => _cluster!.CreateDatabaseAsync();

    /// <summary>pg_dump's text of a database: everything that is stored.</summary>
    public Task<string> DumpAsync(string connectionString) =>
        PostgresCluster.RunAsync("pg_dump", "-h", _cluster!.Folder, "-U", "skytale", new NpgsqlConnectionStringBuilder(connectionString).Database!);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
