using System.Diagnostics;
using Npgsql;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>The restore drill: everything is lost but what docs/operations.md has backed up, by its own commands, and the service goes on.</summary>
public sealed class RestoreTests : IDisposable
{
    private const int Timeout = 180_000;
    private const string Database = "skytale";

    /// <summary>A server that runs, and its backup.</summary>
    private readonly TemporaryFolder _backup = new();

    public void Dispose() => _backup.Dispose();

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_backed_up_goes_on_when_all_else_is_lost(bool isPostgres)
    {
        await using var postgres = isPostgres ? await StartPostgresAsync() : null;
        string[] settings = postgres is null ? [] : [$"--ConnectionStrings:Postgres={postgres.ConnectionString(Database)}"];
        await using var world = await World.StartAsync(settings);
        await using var talk = await Talk.BeginAsync(world);
        await talk.SayAsync("before");
        var certificate = world.CertificateSha256;

        // With Postgres while the service runs, and what Bob has not heard yet is in the backup like the rest.
        if (postgres is null)
            await world.StopServerAsync();
        await RunAsync(postgres, world, "back up");
        if (postgres is not null)
            await world.StopServerAsync();

        Directory.Delete(world.Data, recursive: true);
        if (postgres is not null)
            await postgres.ExecuteAsync($"DROP DATABASE {Database} WITH (FORCE)");
        await RunAsync(postgres, world, "restore");
        await world.StartServerAsync(settings);

        // The same keys, tokens, account and agents; the channel goes on where it was.
        world.CertificateSha256.ShouldBe(certificate);
        await talk.HeardAsync();
        await talk.SayAsync("behind");
        await talk.ChangeKeysAsync();
        await talk.SayAsync("in the next epoch");
        await talk.HeardAsync();
        await world.UseNewKeyAsync();
        await using var carol = (await world.NewAgentAsync("carol")).Agent;
        if (postgres is not null)
            (await Should.ThrowAsync<PostgresException>(() => postgres.ExecuteAsync("DELETE FROM audit", Database))).MessageText.ShouldContain("audit log");
    }

    private static async Task<PostgresCluster> StartPostgresAsync()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var cluster = await PostgresCluster.CreateAsync();
        await cluster.StartAsync();
        await cluster.ExecuteAsync($"CREATE DATABASE {Database}");
        return cluster;
    }

    /// <summary>Runs the commands that the page has under such a comment.</summary>
    private async Task RunAsync(PostgresCluster? postgres, World world, string what)
    {
        var commands = Commands($"# {what}, {(postgres is null ? "without" : "with")} Postgres");
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", commands])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{(postgres is null ? "" : PostgresCluster.Programs + ":")}{Environment.GetEnvironmentVariable("PATH")}",
                ["PGHOST"] = postgres?.Folder,
                ["PGPORT"] = $"{postgres?.Port}",
                ["PGUSER"] = "skytale",
                ["DATABASE"] = Database,
                ["DATA"] = world.Data,
                ["BACKUP"] = _backup.Path,
            },
        })!;
        var errors = await bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        bash.ExitCode.ShouldBe(0, errors);
    }

    private static string Commands(string comment)
    {
        var commands = Documents.Read("operations.md").Split('\n').SkipWhile(line => line != comment).Skip(1).TakeWhile(line => line is not ("" or "```")).ToList();
        commands.ShouldNotBeEmpty(comment);
        return string.Join('\n', commands);
    }
}
