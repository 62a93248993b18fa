using System.Diagnostics;

namespace Skytale.Chaos.Running;

/// <summary>
/// A PostgreSQL of the run's own, reachable through a socket in its folder and nowhere else, and started by us alone, so that
/// it can be killed. It does not run as root: as root it is started as user postgres or nobody.
/// </summary>
internal sealed class PostgresProgram(string folder) : IAsyncDisposable
{
    private readonly string _binaries = Installed() ?? throw new InvalidOperationException("PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb.");
    private readonly string? _user = !Environment.IsPrivilegedProcess ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
    private Child? _child;

    public string ConnectionString => $"Host={folder};Username=skytale;Database=postgres;Maximum Pool Size=10";

    /// <summary>Where its programs are; null where it is not installed.</summary>
    public static string? Installed() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max();

    /// <summary>One in a folder of its own below another, started.</summary>
    public static async Task<PostgresProgram> CreateInAsync(DirectoryInfo folder)
    {
        // Another user's process must come through.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute);
        var postgres = new PostgresProgram(Path.Combine(folder.FullName, "postgres"));
        await postgres.CreateAsync();
        return postgres;
    }

    /// <summary>Makes the cluster and starts it.</summary>
    public async Task CreateAsync()
    {
        Directory.CreateDirectory(folder);
        if (_user is not null)
            await RunAsync(new ProcessStartInfo("chown", [_user, folder]));
        await RunAsync(AsUser("initdb", "-D", Data, "-U", "skytale", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
        await StartAsync();
    }

    /// <summary>Returns when it takes connections; what a killed one left behind may take its time to end.</summary>
    public async Task StartAsync()
    {
        using var patience = new CancellationTokenSource(Child.Patience);
        while (true)
        {
            if (_child is null || _child.Ended.IsCompleted)
            {
                if (_child is not null)
                    await _child.DisposeAsync();
                _child = Child.Start(AsUser("postgres", "-D", Data, "-k", folder, "-c", "listen_addresses="), _ => { });
            }
            using var asking = Process.Start(new ProcessStartInfo(Path.Combine(_binaries, "pg_isready"), ["-q", "-h", folder]))!;
            await asking.WaitForExitAsync(patience.Token);
            if (asking.ExitCode == 0)
                return;
            await Task.Delay(20, patience.Token);
        }
    }

    public Task KillAsync() => _child!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
            await _child.DisposeAsync();
    }

    private string Data => Path.Combine(folder, "data");

    private ProcessStartInfo AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return _user is null
            ? new ProcessStartInfo(path, arguments)
            : new ProcessStartInfo("setpriv", ["--reuid", _user, "--regid", _user == "nobody" ? "nogroup" : _user, "--clear-groups", path, .. arguments]) { WorkingDirectory = "/" };
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        await using var child = Child.Start(start, _ => { });
        await child.Ended.WaitAsync(Child.Patience);
        if (await child.ExitCodeAsync() != 0)
            throw new InvalidOperationException($"{start.FileName} fails:\n{string.Join('\n', child.Errors)}");
    }
}
