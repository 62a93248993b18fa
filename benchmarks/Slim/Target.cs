using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Skytale.Benchmarks.Slim;

/// <summary>What applications connect to: proxy and relay in one process, or the real node in one.</summary>
internal sealed class Target : IAsyncDisposable
{
    /// <summary>Linux counts processor time in hundredths of a second.</summary>
    private const double TicksPerSecond = 100;

    private readonly IAsyncDisposable _process;
    private readonly int _id;

    private Target(string name, string endpoint, int id, IAsyncDisposable process) => (Name, Endpoint, _id, _process) = (name, endpoint, id, process);

    public string Name { get; }

    public string Endpoint { get; }

    /// <summary>Processor time that it has used so far, in microseconds.</summary>
    public double Processor
    {
        get
        {
            // Fields 14 and 15; the second, the name in parentheses, may have spaces.
            var stat = File.ReadAllText($"/proc/{_id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) * 1e6 / TicksPerSecond;
        }
    }

    /// <summary>Proxy and relay as scripts/slim-dev has them.</summary>
    public static async Task<Target> StartProxyAndRelayAsync()
    {
        var process = await RelayProcess.StartAsync(LogKind.Embedded, isSlim: true);
        return new Target("proxy and relay", process.SlimEndpoint, process.Id, process);
    }

    /// <summary>The node of the real library.</summary>
    public static async Task<Target> StartNodeAsync()
    {
        var process = new SlimPeer();
        try
        {
            // It has no way to choose a port itself.
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var listen = free.LocalEndpoint.ToString()!;
            free.Stop();
            await process.AskAsync("serve", new() { ["endpoint"] = listen });
            return new Target("the real node", $"http://{listen}", process.Id, process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes so many messages through it that all of its code is compiled as it stays.</summary>
    public async Task WarmUpAsync(int messages, int size)
    {
        var (from, to) = (Native.NameOf("warm-sender"), Native.NameOf("warm-receiver"));
        await using var sender = await Application.ConnectAsync(Endpoint);
        await using var receiver = await Application.ConnectAsync(Endpoint);
        await receiver.SubscribeAsync(to);
        using var free = new SemaphoreSlim(64);
        var (sending, receiving) = (SendAsync(), ReceiveAsync());
        await await Task.WhenAny(sending, receiving);
        await receiving;

        async Task SendAsync()
        {
            var envelope = Native.Say(from, to, size);
            for (var sent = 0; sent < messages; sent++)
            {
                await free.WaitAsync();
                await sender.PublishAsync(envelope);
            }
        }

        async Task ReceiveAsync()
        {
            for (var received = 0; received < messages; received++)
            {
                await receiver.ReceiveAsync();
                free.Release();
            }
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
