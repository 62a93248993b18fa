using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A path of 100 ms there and back that loses one datagram in a hundred each way.</summary>
internal abstract class LongPath : IAsyncDisposable
{
    /// <summary>Which one it is, and why.</summary>
    internal abstract string Description { get; }

    /// <summary>Where a server listens for clients of this path.</summary>
    internal abstract IPAddress ServerAddress { get; }

    /// <summary>The machine's own long path where it can have one, else one within this process.</summary>
    internal static async Task<LongPath> CreateAsync()
    {
        var (path, reason) = await NamespacePath.TryCreateAsync();
        return path ?? (LongPath)new ProxyPath(reason!);
    }

    /// <summary>Connects a client at the path's other end.</summary>
    internal abstract Task<ITransportConnection> ConnectAsync(ITransport transport, IPEndPoint server, Func<IPEndPoint, TransportConnectOptions> options, CancellationToken cancellationToken);

    /// <summary>The server sees the client under another address from now on.</summary>
    internal abstract Task RebindAsync();

    /// <summary>Nothing goes through while it is down.</summary>
    internal abstract Task SetDownAsync(bool isDown);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Through the proxy of this process.</summary>
internal sealed class ProxyPath(string reason) : LongPath
{
    private BadNetwork? _network;

    internal override string Description => $"through the in-process proxy, for there are no network namespaces with netem here: {reason}";

    internal override IPAddress ServerAddress => IPAddress.Loopback;

    internal override Task<ITransportConnection> ConnectAsync(ITransport transport, IPEndPoint server, Func<IPEndPoint, TransportConnectOptions> options, CancellationToken cancellationToken)
    {
        _network = new BadNetwork(server, new PathConditions { Lost = 1, Delay = TimeSpan.FromMilliseconds(50) }, seed: 3);
        return transport.ConnectAsync(options(_network.Address), cancellationToken);
    }

    internal override Task RebindAsync()
    {
        _network!.Rebind();
        return Task.CompletedTask;
    }

    internal override Task SetDownAsync(bool isDown)
    {
        _network!.IsDown = isDown;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => _network?.DisposeAsync() ?? ValueTask.CompletedTask;
}
