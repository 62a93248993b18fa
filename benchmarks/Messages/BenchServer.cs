using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Benchmarks.Messages;

/// <summary>skytale-server in a process of its own with an account at it; everything lives in a temporary folder.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-bench-");
    private readonly Process _process;
    private SkytaleApiClient? _api;
    private NewAccount? _account;
    private string _apiKey = "";
    private string _apiUrl = "";
    private string _certificate = "";

    private BenchServer()
    {
        var path = typeof(BenchServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Server").Value!;
        _process = Process.Start(new ProcessStartInfo(path, ["--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["SKYTALE_HOME"] = _folder.FullName },
        }) ?? throw new InvalidOperationException($"{path} did not start.");
    }

    public string Org => _account!.Org;

    public static async Task<BenchServer> StartAsync()
    {
        var server = new BenchServer();
        try
        {
            // It says where it listens when it does; "database" is the last line.
            while (await server._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line && !line.StartsWith("database", StringComparison.Ordinal))
            {
            }
            using var local = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(server._folder.FullName, "local.json")));
            (server._apiUrl, server._certificate) = (local.RootElement.GetProperty("api_url").GetString()!, local.RootElement.GetProperty("certificate_sha256").GetString()!);
            server._api = new SkytaleApiClient(new Uri(server._apiUrl), Convert.FromHexString(server._certificate));
            server._account = await server._api.SignUpAsync("bench@example.org", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
            server._apiKey = (await server._api.CreateKeyAsync(server._account.AccountId, server._account.AccountToken)).ApiKey;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new agent with its own store; it is not connected yet.</summary>
    public async Task<AgentPlace> CreateAgentAsync(string name)
    {
        var store = Path.Combine(_folder.FullName, $"{name}.db");
        var key = RandomNumberGenerator.GetBytes(32);
        var id = await SkytaleAgent.CreateStoreAsync(store, key);
        var proof = await SkytaleAgent.SignRegistrationAsync(store, key, _account!.AccountId, name);
        await _api!.RegisterAgentAsync(_account.AccountId, _apiKey, name, id, proof);
        return new AgentPlace(store, Convert.ToHexString(key), id.ToString(), _apiUrl, _certificate, _apiKey);
    }

    /// <summary>A new agent with its own store and connection.</summary>
    public async Task<SkytaleAgent> ConnectAgentAsync(string name) => await (await CreateAgentAsync(name)).ConnectAsync(_api!);

    public Task<SkytaleAgent> ConnectAsync(AgentPlace place) => place.ConnectAsync(_api!);

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
