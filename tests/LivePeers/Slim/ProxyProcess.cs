using System.Net;
using Skytale.Tests;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A SLIM proxy in a process of its own. It can be killed, and comes back at the same address with the same key and certificate.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly string[] s_nowhere = ["--SlimProxy:Listen=127.0.0.1:0", "--SlimProxy:Relay=127.0.0.1:9"];

    private readonly TemporaryFolder _home = new();
    private RunningProgram? _program;
    private string[] _settings = [];

    private ProxyProcess()
    {
    }

    /// <summary>The did:key that the relay's configuration has to name.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Where applications connect.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>PEM of its certificate.</summary>
    public string Certificate => Pem.CertificateOf(_home.File("server/certificate.pem"));

    /// <summary>Lets a proxy make its key, so that a relay can be told of it; it does not run yet.</summary>
    public static async Task<ProxyProcess> CreateAsync()
    {
        var proxy = new ProxyProcess();
        await proxy.RunAsync(s_nowhere);
        await proxy.KillAsync();
        return proxy;
    }

    /// <summary>Runs it in front of this server's relay.</summary>
    public async Task StartAsync(ServerProcess server)
    {
        string[] relay =
        [
            $"--SlimProxy:Relay=127.0.0.1:{await server.RelayPortAsync()}", $"--SlimProxy:RelayCertificate={server.Certificate}",
            $"--SlimProxy:Api={server.Url}", $"--SlimProxy:ApiCertificate={server.Certificate}",
        ];
        await RunAsync(["--SlimProxy:Listen=127.0.0.1:0", .. relay]);
        _settings = [$"--SlimProxy:Listen=127.0.0.1:{new Uri(Endpoint).Port}", .. relay];
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _program!.KillAsync();

    /// <summary>SIGTERM: applications and the relay are told.</summary>
    public async Task StopAsync() => (await _program!.TerminateAsync()).ShouldBe(0);

    public Task RestartAsync() => RunAsync(_settings);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _home.Dispose();
    }

    private async Task RunAsync(string[] settings)
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _program = RunningProgram.Start("Skytale.Server", "skytale-server", _home.Path, ["--Roles=slim", .. settings]);
        // slim <address> as <did:key>
        var words = (await _program.WaitForOutputAsync(line => line.StartsWith("slim ", StringComparison.Ordinal))).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (Endpoint, Key) = ($"https://localhost:{IPEndPoint.Parse(words[1]).Port}", words[3]);
    }
}
