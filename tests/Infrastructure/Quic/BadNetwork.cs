using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>
/// A NAT with bad lines between one client's port and a server. The server sees its outward port, and when it forgets the
/// client a new one: what is then still under way to the old port is lost, as at a real one.
/// </summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    private readonly Socket _inward = Bound();
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Task> _work = new();
    private volatile Socket _outward = Bound();
    private volatile IPEndPoint? _client;

    internal BadNetwork(IPEndPoint server, PathConditions conditions, int seed = 1)
    {
        _server = server;
        Address = (IPEndPoint)_inward.LocalEndPoint!;
        ToServer = new PathDirection(conditions, seed);
        ToClient = new PathDirection(conditions, seed + 1);
        _work.Enqueue(ReceiveAsync(_inward, ToServer, isInward: true));
        _work.Enqueue(ReceiveAsync(_outward, ToClient, isInward: false));
        _work.Enqueue(DeliverAsync(ToServer, datagram => _outward.SendToAsync(datagram, _server, _stop.Token)));
        _work.Enqueue(DeliverAsync(ToClient, datagram => _inward.SendToAsync(datagram, _client!, _stop.Token)));
    }

    /// <summary>Where the client connects to.</summary>
    internal IPEndPoint Address { get; }

    /// <summary>Where the server sees the client.</summary>
    internal IPEndPoint OutwardAddress => (IPEndPoint)_outward.LocalEndPoint!;

    internal PathDirection ToServer { get; }

    internal PathDirection ToClient { get; }

    /// <summary>True: nothing goes through, either way.</summary>
    internal bool IsDown
    {
        set => ToServer.IsDown = ToClient.IsDown = value;
    }

    /// <summary>Forgets the client's port and takes another.</summary>
    internal void Rebind()
    {
        var old = _outward;
        var next = Bound(); // Before the old one is closed, so that the system cannot give the same port.
        _outward = next;
        _work.Enqueue(ReceiveAsync(next, ToClient, isInward: false));
        old.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var task in _work)
            await task;
        _inward.Dispose();
        _outward.Dispose();
        _stop.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task ReceiveAsync(Socket socket, PathDirection direction, bool isInward)
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (isInward)
                    _client = (IPEndPoint)received.RemoteEndPoint;
                direction.Take(buffer.AsSpan(0, received.ReceivedBytes));
            }
        }
        catch (Exception e) when (e is OperationCanceledException || (!isInward && e is ObjectDisposedException or SocketException))
        {
            // Disposed, or this port was forgotten.
        }
    }

    private async Task DeliverAsync(PathDirection direction, Func<byte[], ValueTask<int>> send)
    {
        try
        {
            while (true)
            {
                var datagram = await direction.NextAsync(_stop.Token);
                try
                {
                    _ = await send(datagram);
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException)
                {
                    // The port was forgotten while this datagram went out: it is lost.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
