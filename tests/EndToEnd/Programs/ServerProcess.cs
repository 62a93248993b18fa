using System.Net;

namespace Skytale.Tests.EndToEnd;

/// <summary>skytale-server as its own process, with no configuration but a folder and ports that the system chooses.</summary>
public sealed class ServerProcess : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private RunningProgram? _program;

    public RunningProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    public string Home => _home.Path;

    public string Url { get; private set; } = "";

    public string Certificate { get; private set; } = "";

    public async ValueTask InitializeAsync() => await InitializeAsync([]);

    /// <summary>Starts it with further settings.</summary>
    public async Task InitializeAsync(params string[] settings)
    {
        // All tests come from one address and sign up at the same time.
        _program = RunningProgram.Start(
            "Skytale.Server", "skytale-server", Home,
            ["--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0", "--Api:Limits:AddressPerMinute=10000", "--Argon2:Queue=1000", .. settings]);
        Url = LastWord(await Program.WaitForOutputAsync(line => line.StartsWith("api ", StringComparison.Ordinal)));
        Certificate = LastWord(await Program.WaitForOutputAsync(line => line.StartsWith("certificate ", StringComparison.Ordinal)));
    }

    /// <summary>The port of the relay, over UDP and TCP.</summary>
    public Task<int> RelayPortAsync() => PortAsync("relay ");

    /// <summary>The port at which SLIM applications connect.</summary>
    public Task<int> SlimPortAsync() => PortAsync("slim ");

    private async Task<int> PortAsync(string what)
    {
        var line = await Program.WaitForOutputAsync(line => line.StartsWith(what, StringComparison.Ordinal));
        var address = line.Split(' ').Single(word => word.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(word, out _));
        return IPEndPoint.Parse(address).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _home.Dispose();
    }

    private static string LastWord(string line) => line.Split(' ')[^1];
}
