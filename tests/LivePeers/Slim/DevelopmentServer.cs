using Skytale.Tests;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>skytale-server as scripts/slim-dev starts it: relay and SLIM proxy, plaintext, no credentials.</summary>
public sealed class DevelopmentServer : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();

    public RunningProgram Program { get; private set; } = null!;

    /// <summary>Where applications connect.</summary>
    public string Endpoint { get; private set; } = "";

    public ValueTask InitializeAsync() => StartAsync("127.0.0.1:0");

    private async ValueTask StartAsync(string listen)
    {
        Program = RunningProgram.Start(
            "Skytale.Server", "skytale-server", _home.Path,
            ["--Roles=relay,slim", "--Relay:Listen=127.0.0.1:0", $"--SlimProxy:Listen={listen}", "--SlimProxy:Development=true"]);
        var said = await Program.WaitForOutputAsync(line => line.StartsWith("slim ", StringComparison.Ordinal));
        Endpoint = $"http://{said.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]}";
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _home.Dispose();
    }
}
