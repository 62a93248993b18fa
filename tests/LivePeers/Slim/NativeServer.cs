using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A server whose proxy takes SLIM applications in without credentials, and whose API gives native agents their accounts.</summary>
public sealed class NativeServer : IAsyncLifetime
{
    private readonly ServerProcess _server = new();

    /// <summary>Where applications connect.</summary>
    public string Endpoint { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync("--SlimProxy:Development=true");
        var said = await _server.Program.WaitForOutputAsync(line => line.StartsWith("slim ", StringComparison.Ordinal));
        Endpoint = $"http://{said.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]}";
    }

    public Task<SlimAccount> SignUpAsync() => SlimAccount.SignUpAsync(new Uri(_server.Url), _server.Certificate);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
