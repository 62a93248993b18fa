using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Skytale.Protocol.Envelopes;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>HTTP/2 used against the server: the connection that does it ends, or is read no more, and the others live.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    // Frame types and flags: RFC 9113 section 6.
    private const byte Headers = 1;
    private const byte RstStream = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;

    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private TestFront _front = null!;
    private RawLink _alice = null!;
    private RawLink _bob = null!;
    private Socket _flood = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _front = await TestFront.StartAsync();
        var owner = _front.Relay.NewAgent();
        _alice = await _front.OpenAsync(owner);
        _bob = await _front.OpenAsync(owner);
        (await _bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
        _flood = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _flood.ConnectAsync(_front.EndPoint, Cancel);
        await SendAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])]);
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.PublishAsync(s_alice, s_bob, "the other links live");
        (await _bob.NextTextAsync()).ShouldBe("the other links live");
        _flood.Dispose();
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _front.DisposeAsync();
    }

    /// <summary>CVE-2023-44487: calls that are given up as soon as they are made cost their sender nothing.</summary>
    [Fact(Timeout = Timeout)]
    public Task Calls_that_are_given_up_at_once_end_their_connection()
    {
        byte[] call = [0x83, 0x86, .. Literal(":path", "/dataplane.proto.v1.DataPlaneService/OpenChannel"), .. Literal(":authority", "localhost"), .. Literal("content-type", "application/grpc"), .. Literal("authorization", $"Bearer {_front.Relay.NewAgent().SlimToken()}")];
        return EndsAsync(i => [.. Frame(Headers, EndHeaders, (1 + (2 * i)), call), .. Frame(RstStream, 0, (1 + (2 * i)), [0, 0, 0, 8])]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Headers_that_never_end_end_their_connection()
    {
        await SendAsync(Frame(Headers, 0, 1, [0x83, 0x86]));
        await EndsAsync(i => Frame(Continuation, 0, 1, Literal($"x-{i}", new string('x', 1_000))));
    }

    /// <summary>Each is answered; where the answers are not taken, what comes is read no more.</summary>
    [Fact(Timeout = Timeout)]
    public async Task Pings_whose_answers_are_not_read_are_read_no_more()
    {
        var pings = Enumerable.Repeat(Frame(Ping, 0, 0, new byte[8]), 4_000).SelectMany(frame => frame).ToArray();
        var sent = 0;
        while (sent < 1 << 30)
        {
            // What the system takes at once: when it takes nothing for a second, nobody reads.
            using var full = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(full.Token, Cancel);
            try
            {
                sent += await _flood.SendAsync(pings, either.Token);
            }
            catch (OperationCanceledException) when (full.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                return; // Or the connection has ended.
            }
        }
        throw new ShouldAssertException($"{sent} bytes of pings were taken.");
    }

    private async Task EndsAsync(Func<int, byte[]> flood)
    {
        var reading = ReadToEndAsync();
        try
        {
            for (var i = 0; !reading.IsCompleted; i++)
                await SendAsync(flood(i));
        }
        catch (SocketException)
        {
            // It has ended while more was sent.
        }
        await reading;
    }

    private async Task ReadToEndAsync()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await _flood.ReceiveAsync(buffer, Cancel) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Ended too, less gently.
        }
    }

    private async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await _flood.SendAsync(bytes.AsMemory(sent), Cancel);
    }

    // length (3) || type (1) || flags (1) || stream (4) || payload
    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>A field that is not put into HPACK's table (RFC 7541 section 6.2.2), without Huffman's code.</summary>
    private static byte[] Literal(string name, string value) => [0, .. Text(name), .. Text(value)];

    // 7-bit prefix integers: RFC 7541 section 5.1.
    private static byte[] Text(string text)
    {
        var bytes = new List<byte>();
        var length = text.Length;
        if (length < 127)
        {
            bytes.Add((byte)length);
        }
        else
        {
            bytes.Add(127);
            for (length -= 127; length >= 128; length >>= 7)
                bytes.Add((byte)(length | 0x80));
            bytes.Add((byte)length);
        }
        return [.. bytes, .. Encoding.ASCII.GetBytes(text)];
    }
}
