using Npgsql;
using Skytale.Server;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>The way to Postgres: encrypted and to the right one, or the server does not start and says which setting it is about.</summary>
public sealed class TlsTests(TlsCluster postgres) : IClassFixture<TlsCluster>, IDisposable
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task A_server_that_checks_the_certificate_serves_and_nothing_goes_in_the_open()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var server = await ApiServer.StartAsync(_folder.Path, $"{database};Ssl Mode=VerifyFull;Root Certificate={postgres.Authority}");
        (await server.SignUpAsync("ada")).ApiKey.ShouldNotBeEmpty();

        await using var socket = new NpgsqlConnection(postgres.Cluster.ConnectionString(new NpgsqlConnectionStringBuilder(database).Database!));
        await socket.OpenAsync(Cancel);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FILTER (WHERE s.ssl), count(*) FILTER (WHERE NOT s.ssl) FROM pg_stat_ssl s JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND pid <> pg_backend_pid()", socket);
        await using var row = await count.ExecuteReaderAsync(Cancel);
        (await row.ReadAsync(Cancel)).ShouldBeTrue();
        row.GetInt64(0).ShouldBeGreaterThan(0);
        row.GetInt64(1).ShouldBe(0);
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_authority_is_refused() =>
        (await FaultAsync(await postgres.CreateDatabaseAsync(), $"Ssl Mode=VerifyFull;Root Certificate={postgres.AnotherAuthority}")).ShouldContain("Root Certificate");

    [Fact(Timeout = Timeout)]
    public async Task An_authority_that_this_system_does_not_know_is_refused_where_none_is_named() =>
        (await FaultAsync(await postgres.CreateDatabaseAsync(), "Ssl Mode=VerifyFull")).ShouldContain("Root Certificate");

    [Fact(Timeout = Timeout)]
    public async Task Another_name_is_refused_where_names_are_checked()
    {
        var database = await postgres.CreateDatabaseAsync("127.0.0.1");
        (await FaultAsync(database, $"Ssl Mode=VerifyFull;Root Certificate={postgres.Authority}")).ShouldContain("another name than Host");

        await using var server = await ApiServer.StartAsync(_folder.Path, $"{database};Ssl Mode=VerifyCA;Root Certificate={postgres.Authority}", "--Roles=api");
        (await server.SignUpAsync()).Id.ShouldNotBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_comes_in_the_open_is_told_what_the_database_wants() =>
        (await FaultAsync(await postgres.CreateDatabaseAsync(), "Ssl Mode=Disable")).ShouldContain("Ssl Mode=VerifyFull");

    [Fact(Timeout = Timeout)]
    public async Task A_certificate_that_is_not_there_is_named() =>
        (await FaultAsync(await postgres.CreateDatabaseAsync(), "Ssl Mode=VerifyFull;Root Certificate=/nowhere/ca.pem")).ShouldContain("/nowhere/ca.pem");

    [Fact(Timeout = Timeout)]
    public async Task A_database_that_is_not_there_is_named()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { Database = "no_such_thing" };
        (await FaultAsync(database.ConnectionString, $"Ssl Mode=VerifyFull;Root Certificate={postgres.Authority}")).ShouldContain("no_such_thing");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_without_encryption_is_not_served_where_it_is_wanted()
    {
        var database = await postgres.CreateDatabaseAsync();
        await postgres.Cluster.ExecuteAsync("ALTER SYSTEM SET ssl = off");
        try
        {
            // What the command line of the start says stands above the file.
            await postgres.Cluster.StopAsync();
            await postgres.Cluster.StartAsync();
            (await FaultAsync(database, $"Ssl Mode=VerifyFull;Root Certificate={postgres.Authority}")).ShouldContain("Ssl Mode wants encryption");
        }
        finally
        {
            await postgres.Cluster.StopAsync();
            await postgres.Cluster.StartAsync("-c fsync=off -c ssl=on");
        }
    }

    /// <summary>What the start says, to a server of all roles.</summary>
    private async Task<string> FaultAsync(string database, string settings)
    {
        var refused = await Should.ThrowAsync<SettingsException>(() => ApiServer.StartAsync(_folder.Path, $"{database};{settings}"));
        refused.Message.ShouldStartWith("ConnectionStrings:Postgres: ");
        return refused.Message;
    }
}
