using System.Runtime.Versioning;
using Skytale.Testing;
using Skytale.Tests.EndToEnd;
using Skytale.Tests.Sdk;

// File modes and signals.
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(OneServer))]

namespace Skytale.Tests.Sdk;

/// <summary>One server for all tests, with an account for each that asks for one.</summary>
public sealed class OneServer : IAsyncLifetime
{
    private SkytaleTestServer? _server;

    public SkytaleTestServer Server => _server ?? throw new InvalidOperationException("Not started.");

    /// <summary>The server of this build.</summary>
    public static string Program => RunningProgram.PathOf("Skytale.Server", "skytale-server.dll");

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    /// <summary>A server of its own, for a test that kills or counts.</summary>
    public static Task<SkytaleTestServer> StartAsync() => SkytaleTestServer.StartAsync(new SkytaleTestServerOptions { ServerProgram = Program });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
