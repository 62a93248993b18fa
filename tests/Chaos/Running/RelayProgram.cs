using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Skytale.Chaos.Running;

/// <summary>skytale-server, on the same ports and the same data each time that it is started.</summary>
internal sealed class RelayProgram(string home, string? postgres) : IAsyncDisposable
{
    private readonly int _apiPort = FreePort(SocketType.Stream, ProtocolType.Tcp);
    private readonly int _relayPort = FreePort(SocketType.Dgram, ProtocolType.Udp);
    private Child? _child;

    public Uri Api => new($"https://127.0.0.1:{_apiPort}");

    public string Certificate { get; private set; } = "";

    /// <summary>Returns when it listens.</summary>
    public async Task StartAsync()
    {
        var listens = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Child.PathOf("Skytale.Server", "skytale-server"), [
            "--Roles=api,relay", $"--Api:Listen=127.0.0.1:{_apiPort}", $"--Relay:Listen=127.0.0.1:{_relayPort}", "--Relay:Transports=quic",
            "--Argon2:MemoryKiB=19456", .. postgres is null ? Array.Empty<string>() : [$"--ConnectionStrings:Postgres={postgres}"]])
        {
            // It lives for a second or two: what a profile would make of it comes too late.
            Environment = { ["SKYTALE_HOME"] = home, ["DOTNET_TieredPGO"] = "0" },
        };
        _child = Child.Start(start, line =>
        {
            if (line.StartsWith("certificate ", StringComparison.Ordinal))
                listens.TrySetResult(line.Split(' ')[^1]);
        });
        await Task.WhenAny(listens.Task, _child.Ended).WaitAsync(Child.Patience);
        Certificate = listens.Task.IsCompleted ? await listens.Task : throw new InvalidOperationException($"The server does not start:\n{string.Join('\n', _child.Errors)}");
    }

    public Task KillAsync() => _child!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
            await _child.DisposeAsync();
    }

    /// <summary>Chosen by the system; nobody else is given it soon.</summary>
    private static int FreePort(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
