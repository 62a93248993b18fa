using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Datagrams of nobody, of all shapes: they cost no memory, and who is connected is served meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class JunkTests
{
    private const int Count = 50_000;
    private const int Captured = 100; // More than are let in without a Retry.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Trait("Category", "Slow")]
    public async Task Fifty_thousand_junk_datagrams_leave_nothing_behind_and_hold_nobody_up()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { ServerHandshakeTimeout = TimeSpan.FromSeconds(1) });
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        var echoing = server.EchoAsync(Cancel);
        var junk = new Junk(await FirstPackets.CaptureAsync(Captured, Cancel));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        ProcessState? before = null;

        for (var i = 0; i < Count; i++)
        {
            await socket.SendToAsync(junk.Next(i), pair.Listener.LocalEndPoint, Cancel);
            if (i == Count / 10)
                before = await StateAsync(transport);
            if (i % 50 != 0)
                continue;
            // Served meanwhile, which also keeps the server's socket from running over.
            var sent = BitConverter.GetBytes(i);
            await client.WriteAsync(sent, cancellationToken: Cancel);
            (await client.ReadExactlyAsync(sent.Length, Cancel)).ShouldBe(sent);
        }

        transport.Counters.PacketsReceived.ShouldBeGreaterThan(Count / 2); // On a busy machine the kernel drops some at a full socket.
        transport.Counters.Retries.ShouldBeGreaterThan(0);
        (await StateAsync(transport)).ShouldBeAsFlatAs(before!);
        await client.WriteAsync(default, endStream: true, Cancel);
        await echoing;
        await using (var late = await transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint), Cancel))
            late.Closed.IsCompleted.ShouldBeFalse();
        await pair.DisposeAsync();
        await WaitAsync(() => transport.Counters.Leaks().Length == 0);
    }

    /// <summary>The state once only the pair's two ends are left.</summary>
    private static async Task<ProcessState> StateAsync(Ngtcp2Transport transport)
    {
        await WaitAsync(() => transport.Counters is { LiveConnections: 2, LiveSessions: 2, LiveStreams: 2, ChunksOut: 0 });
        return ProcessState.Measure();
    }

    /// <summary>The test's timeout is the limit.</summary>
    private static async Task WaitAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(20, Cancel);
    }

    /// <summary>The shapes, one after the other.</summary>
    private sealed class Junk(IReadOnlyList<byte[]> firstPackets)
    {
        private readonly Random _random = new(5);

        internal ReadOnlyMemory<byte> Next(int i) => (i % 16) switch
        {
            0 => Bytes(_random.Next(1, 1500)),
            1 => Initial(1200),
            2 => Initial(_random.Next(1200, 1473)),
            3 => Initial(_random.Next(30, 1200)),
            4 => Begun(1200, 0xc0, 0, 0, 0, 0, 255),                                                   // Version 0, an id of 255 bytes.
            5 => Begun(1200, 0xc0, 0, 0, 0, 1, 255),                                                   // Version 1 with such an id.
            6 => Begun(_random.Next(1200, 1473), 0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8),                     // A version that nobody speaks.
            7 => Begun(_random.Next(17, 1400), 0x43),                                                  // A short header.
            8 => Begun(1200, (byte)(0xd0 | _random.Next(48)), 0, 0, 0, 1, 8),                          // 0-RTT, Handshake, Retry.
            9 => ReadOnlyMemory<byte>.Empty,
            10 => i % 160 == 10 ? Bytes(65_507) : Bytes(1),
            11 => WithToken(),
            12 => Begun(1200, 0xc3, 0, 0, 0, 1, 20),
            13 => Changed(First(), at: _random.Next(1, 1200)),
            14 => First().AsMemory(0, _random.Next(1, 1200)),
            _ => First(),
        };

        private byte[] First() => firstPackets[_random.Next(firstPackets.Count)];

        private byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            _random.NextBytes(bytes);
            return bytes;
        }

        private byte[] Begun(int length, params ReadOnlySpan<byte> beginning)
        {
            var bytes = Bytes(length);
            beginning.CopyTo(bytes);
            return bytes;
        }

        /// <summary>Right up to its encrypted part.</summary>
        private byte[] Initial(int length)
        {
            var bytes = Begun(length, 0xc3, 0, 0, 0, 1, 8);
            bytes[14] = 8;
            bytes[23] = 0;
            bytes[24] = (byte)(0x40 | (length - 26) >> 8);
            bytes[25] = (byte)(length - 26);
            return bytes;
        }

        /// <summary>With a token that looks like a Retry's, and is not.</summary>
        private byte[] WithToken()
        {
            var bytes = Begun(1200, 0xc3, 0, 0, 0, 1, 8);
            bytes[14] = 8;
            bytes[23] = 60;
            bytes[24] = 0xb6;
            (bytes[84], bytes[85]) = (0x44, 0x58);
            return bytes;
        }

        private static byte[] Changed(byte[] packet, int at)
        {
            byte[] changed = [.. packet];
            changed[Math.Min(at, changed.Length - 1)] ^= 0x10;
            return changed;
        }
    }
}
