using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Skytale.ChannelLogs.Memory;
using Skytale.Chaos.Running;
using Skytale.Security.Tokens;
using Skytale.Server;

namespace Skytale.Benchmarks;

/// <summary>Where a relay keeps its channels.</summary>
internal enum LogKind
{
    Memory,
    Embedded,
    Postgres,
}

/// <summary>
/// The server in a process of its own, with a fresh folder: skytale-server, or for the log in memory, which it has no setting for,
/// this program with the same host in it.
/// </summary>
internal sealed class RelayProcess : IAsyncDisposable
{
    /// <summary>The command of a process that is a relay with its log in memory; the server's arguments follow.</summary>
    public const string InMemoryCommand = "serve-in-memory";

    private const string Name = "localhost";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-bench-");
    private PostgresProgram? _postgres;
    private Child? _child;
    private TokenSigningKey? _tokenKey;

    private RelayProcess()
    {
    }

    public int Id => _child!.Id;

    public RelayPlace Place { get; private set; } = null!;

    public Uri Api { get; private set; } = null!;

    /// <summary>Where SLIM applications connect; empty where the role is not asked for.</summary>
    public string SlimEndpoint { get; private set; } = "";

    public TokenIssuer Issuer { get; private set; } = null!;

    /// <summary>What the process has in physical memory, in bytes.</summary>
    public long Resident
    {
        get
        {
            var line = File.ReadLines($"/proc/{_child!.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <param name="isSlim">With a SLIM proxy beside the relay, in development mode.</param>
    /// <param name="more">Settings that follow those which every benchmark has.</param>
    public static async Task<RelayProcess> StartAsync(LogKind log, bool isSlim = false, params string[] more)
    {
        var relay = new RelayProcess();
        try
        {
            await relay.RunAsync(log, isSlim, more);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    public static Task<int> ServeInMemoryAsync(string[] args) => ServerHost.RunAsync(args, new MemoryChannelLog());

    /// <summary>A file of this run's own.</summary>
    public string FileOf(string name) => Path.Combine(_folder.FullName, name);

    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
            await _child.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _tokenKey?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(LogKind log, bool isSlim, string[] more)
    {
        if (log == LogKind.Postgres)
            _postgres = await PostgresProgram.CreateInAsync(_folder);
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        const string most = "10000000"; // One address, one sender: the limits of rates are not what is measured.
        string[] settings =
        [
            $"--Roles=api,relay{(isSlim ? ",slim" : "")}", "--Api:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0", $"--SlimProxy:Development={isSlim}", "--Relay:Listen=127.0.0.1:0", $"--Relay:Name={Name}", "--Relay:Transports=quic", "--Relay:Limits:HandshakesPerAddress=1024",
            $"--Relay:Limits:AddressPerSecond={most}", $"--Relay:Limits:AccountPerSecond={most}", $"--Relay:Limits:KeyPerSecond={most}",
            .. _postgres is null ? Array.Empty<string>() : [$"--ConnectionStrings:Postgres={_postgres.ConnectionString}"],
            .. more,
        ];
        var start = log == LogKind.Memory
            ? new ProcessStartInfo(Environment.ProcessPath!, [InMemoryCommand, .. settings])
            : new ProcessStartInfo(Child.PathOf("Skytale.Server", "skytale-server"), settings);
        start.Environment["SKYTALE_HOME"] = _folder.FullName;
        _child = Child.Start(start, line =>
        {
            if (line.StartsWith("slim ", StringComparison.Ordinal))
                SlimEndpoint = $"http://{line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]}";
            if (line.StartsWith("channels ", StringComparison.Ordinal))
                listens.TrySetResult(); // The last line of what it says when it listens.
        });
        await Task.WhenAny(listens.Task, _child.Ended).WaitAsync(Child.Patience);
        if (!listens.Task.IsCompleted)
            throw new InvalidOperationException($"The relay does not start:\n{string.Join('\n', _child.Errors)}");

        using var local = JsonDocument.Parse(await File.ReadAllBytesAsync(FileOf("local.json")));
        Api = new Uri(local.RootElement.GetProperty("api_url").GetString()!);
        var at = local.RootElement.GetProperty("relay");
        Place = new RelayPlace($"{at.GetProperty("host").GetString()}:{at.GetProperty("port").GetInt32()}", Name, local.RootElement.GetProperty("certificate_sha256").GetString()!);
        _tokenKey = TokenSigningKey.LoadOrCreate(Path.Combine(_folder.FullName, "server", "token-key.pem"));
        Issuer = new TokenIssuer(new TokenOptions { RelayName = Name }, _tokenKey, TimeProvider.System);
    }
}
