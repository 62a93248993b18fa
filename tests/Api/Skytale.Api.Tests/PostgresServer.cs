using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Skytale.Tests.PostgresServer))]

namespace Skytale.Tests;

/// <summary>
/// A PostgreSQL of the test run's own: a new cluster in a temporary folder, reachable through a socket in that folder and
/// nowhere else. It does not run as root, so as root it is started as user postgres or nobody.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string? _folder;
    private string? _binaries;
    private string? _user;

    /// <summary>Why there is no server; null when there is.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (_binaries is null)
        {
            Missing = "PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb";
            return;
        }
        _folder = Directory.CreateTempSubdirectory("skytale-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            _user = (await File.ReadAllLinesAsync("/etc/passwd")).Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
            await RunAsync("chown", [_user, _folder]);
        }
        var data = Path.Combine(_folder, "data");
        await RunAsync(Path.Combine(_binaries, "initdb"), ["-D", data, "-U", "skytale", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], _user);
        await RunAsync(Path.Combine(_binaries, "pg_ctl"),
            ["start", "-w", "-t", "60", "-D", data, "-l", Path.Combine(_folder, "log"), "-o", $"-k {_folder} -c listen_addresses='' -c fsync=off -c max_connections=500"], _user);
    }

    /// <summary>An empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():n}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is our own.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>pg_dump's text of a database: everything that is stored.</summary>
    public Task<string> DumpAsync(string connectionString) =>
        RunAsync(Path.Combine(_binaries!, "pg_dump"), ["-h", _folder!, "-U", "skytale", new NpgsqlConnectionStringBuilder(connectionString).Database!], _user);

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync(Path.Combine(_binaries!, "pg_ctl"), ["stop", "-w", "-m", "immediate", "-D", Path.Combine(_folder, "data")], _user);
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(string database) => $"Host={_folder};Username=skytale;Database={database};Maximum Pool Size=10";

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? user = null)
    {
        var start = user is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("setpriv", ["--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", program, .. arguments]);
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (false, true, true, "/");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var process = Process.Start(start)!;
        // pg_ctl's server inherits stderr and keeps it open: what it says is in its log file.
        if (program.EndsWith("pg_ctl", StringComparison.Ordinal))
        {
            await process.WaitForExitAsync(timeout.Token);
            process.ExitCode.ShouldBe(0, program);
            return "";
        }
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
