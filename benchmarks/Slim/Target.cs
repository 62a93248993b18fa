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

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
