using System.Net;
using System.Net.Sockets;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A UDP relay between one client and a server that treats some datagrams badly, the same ones for the same seed and order.</summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    private readonly Socket _front = Bound();
    private readonly Socket _back = Bound();
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _relays;
    private volatile IPEndPoint? _client;
    private int _harmed;

    internal BadNetwork(IPEndPoint server, int seed)
    {
        _server = server;
        Address = (IPEndPoint)_front.LocalEndPoint!;
        _relays =
        [
            RelayAsync(_front, _back, from => { _client = from; return _server; }, new Random(seed)),
            RelayAsync(_back, _front, _ => _client!, new Random(seed + 1)),
        ];
    }

    /// <summary>Where the client connects to.</summary>
    internal IPEndPoint Address { get; }

    /// <summary>Datagrams that did not go through as they were.</summary>
    internal int Harmed => Volatile.Read(ref _harmed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var relay in _relays)
            await relay;
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task RelayAsync(Socket from, Socket to, Func<IPEndPoint, IPEndPoint> route, Random random)
    {
        var buffer = new byte[65536];
        byte[]? held = null;
        try
        {
            while (true)
            {
                var received = await from.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var destination = route((IPEndPoint)received.RemoteEndPoint);
                var datagram = buffer.AsMemory(0, received.ReceivedBytes);
                var fate = random.Next(100);
                if (fate < 8)
                    Interlocked.Increment(ref _harmed);
                if (fate < 3)
                    continue; // Lost.
                if (fate == 3)
                    datagram.Span[random.Next(datagram.Length)] ^= 1;
                if (fate is 4 or 5)
                    await to.SendToAsync(datagram, destination, _stop.Token); // Once more below.
                if (fate is 6 or 7 && held is null)
                {
                    held = datagram.ToArray(); // After the next.
                    continue;
                }
                await to.SendToAsync(datagram, destination, _stop.Token);
                if (held is not null)
                    await to.SendToAsync(held, destination, _stop.Token);
                held = null;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
