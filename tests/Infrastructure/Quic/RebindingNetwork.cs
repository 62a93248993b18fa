using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>
/// A NAT between one client and a server: the server sees its outward port, and when it forgets the client a new one. What
/// is then still under way to the old port is lost, as at a real one.
/// </summary>
internal sealed class RebindingNetwork : IAsyncDisposable
{
    private readonly Socket _inward = Bound();
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Task> _relays = new();
    private volatile Socket _outward = Bound();
    private volatile IPEndPoint? _client;

    internal RebindingNetwork(IPEndPoint server)
    {
        _server = server;
        Address = (IPEndPoint)_inward.LocalEndPoint!;
        _relays.Enqueue(RelayOutAsync());
        _relays.Enqueue(RelayInAsync(_outward));
    }

    /// <summary>Where the client connects to.</summary>
    internal IPEndPoint Address { get; }

    /// <summary>Where the server sees the client.</summary>
    internal IPEndPoint OutwardAddress => (IPEndPoint)_outward.LocalEndPoint!;

    /// <summary>Forgets the client's port and takes another.</summary>
    internal void Rebind()
    {
        var old = _outward;
        var next = Bound(); // Before the old one is closed, so that the system cannot give the same port.
        _outward = next;
        _relays.Enqueue(RelayInAsync(next));
        old.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var relay in _relays)
            await relay;
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

    private async Task RelayOutAsync()
    {
        var buffer = new byte[65536];
        while (true)
        {
            try
            {
                var received = await _inward.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                _client = (IPEndPoint)received.RemoteEndPoint;
                await _outward.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), _server, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return; // Disposed.
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                // The port was forgotten while this datagram went out: it is lost.
            }
        }
    }

    private async Task RelayInAsync(Socket outward)
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var received = await outward.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                await _inward.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), _client!, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Forgotten or disposed.
        }
    }
}
