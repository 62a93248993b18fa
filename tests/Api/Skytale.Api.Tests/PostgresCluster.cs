using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Skytale.Tests;

/// <summary>
/// A PostgreSQL of a test's own, in a temporary folder: reachable through a socket in that folder, and on loopback where that is asked
/// for. It does not run as root, so as root it is started as user postgres or nobody.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly string? s_binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    private static readonly string? s_user = !Environment.IsPrivilegedProcess ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private readonly string _listen;

    private PostgresCluster(bool onLoopback)
    {
        Folder = Directory.CreateTempSubdirectory("skytale-pg-").FullName;
        Port = onLoopback ? FreePort() : 5432;
        _listen = $"-c listen_addresses={(onLoopback ? "127.0.0.1" : "''")} -c port={Port}";
    }

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => s_binaries is null ? "PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb" : null;

    /// <summary>Where the socket is.</summary>
    public string Folder { get; }

    /// <summary>On loopback, and in the socket's name.</summary>
    public int Port { get; }

    public string Data => Path.Combine(Folder, "data");

    /// <summary>A new, empty cluster, not started.</summary>
    public static async Task<PostgresCluster> CreateAsync(bool onLoopback = false)
    {
        var cluster = await ReserveAsync(onLoopback);
        await RunAsync("initdb", "-D", cluster.Data, "-U", "skytale", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        return cluster;
    }

    /// <summary>A standby of another, which follows it by streaming; not started.</summary>
    public static async Task<PostgresCluster> CreateStandbyAsync(PostgresCluster primary)
    {
        var standby = await ReserveAsync(onLoopback: true);
        await RunAsync("pg_basebackup", "-d", $"host=127.0.0.1 port={primary.Port} user=skytale", "-D", standby.Data, "-R", "--no-sync", "-c", "fast");
        return standby;
    }

    /// <summary>Returns when it takes connections.</summary>
    /// <param name="settings">Further settings, <c>-c name=value</c>.</param>
    public Task StartAsync(string settings = "-c fsync=off") =>
        RunAsync("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(Folder, "log"), "-o", $"-k {Folder} {_listen} {settings}");

    /// <param name="mode">fast: connections are ended; immediate: as by a crash.</param>
    public Task StopAsync(string mode = "immediate") => RunAsync("pg_ctl", "stop", "-w", "-m", mode, "-D", Data);

    /// <summary>Makes a standby the primary; returns when it takes writes.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "promote", "-w", "-D", Data);

    /// <summary>Has it read pg_hba.conf and its certificates anew.</summary>
    public Task ReloadAsync() => RunAsync("pg_ctl", "reload", "-D", Data);

    /// <summary>Stops all its processes where they are, until what is returned is disposed: connections stay, nobody answers.</summary>
    public IDisposable Freeze() => new Frozen(int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    /// <summary>An empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():n}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Through the socket.</summary>
    public string ConnectionString(string database) => $"Host={Folder};Port={Port};Username=skytale;Database={database};Maximum Pool Size=10";

    /// <summary>Runs a statement of the test's own.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Puts a file of its user's own into the data folder.</summary>
    public async Task WriteAsync(string file, string text)
    {
        var path = Path.Combine(Data, file);
        await File.WriteAllTextAsync(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (s_user is not null)
            await RunAsync(new ProcessStartInfo("chown", [s_user, path]));
    }

    /// <summary>Runs one of PostgreSQL's programs as its user; what it says.</summary>
    public static Task<string> RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(s_binaries!, program);
        return RunAsync(s_user is null
            ? new ProcessStartInfo(path, arguments)
            : new ProcessStartInfo("setpriv", ["--reuid", s_user, "--regid", s_user == "nobody" ? "nogroup" : s_user, "--clear-groups", path, .. arguments]));
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<PostgresCluster> ReserveAsync(bool onLoopback)
    {
        var cluster = new PostgresCluster(onLoopback);
        if (s_user is not null)
            await RunAsync(new ProcessStartInfo("chown", [s_user, cluster.Folder]));
        return cluster;
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (false, true, true, "/");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var process = Process.Start(start)!;
        // pg_ctl's server inherits stderr and keeps it open: what it says is in its log file.
        if (start.FileName.EndsWith("pg_ctl", StringComparison.Ordinal) || start.ArgumentList.Any(argument => argument.EndsWith("/pg_ctl", StringComparison.Ordinal)))
        {
            await process.WaitForExitAsync(timeout.Token);
            process.ExitCode.ShouldBe(0, string.Join(' ', start.ArgumentList));
            return "";
        }
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    private sealed class Frozen : IDisposable
    {
        private readonly string[] _processes;

        public Frozen(int postmaster)
        {
            // The one that makes others first.
            Signal("-STOP", [$"{postmaster}"]);
            var others = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Signal("-STOP", others);
            _processes = [$"{postmaster}", .. others];
        }

        public void Dispose() => Signal("-CONT", _processes);

        private static void Signal(string signal, string[] processes)
        {
            using var kill = Process.Start("kill", [signal, .. processes]);
            kill.WaitForExit();
        }
    }
}
