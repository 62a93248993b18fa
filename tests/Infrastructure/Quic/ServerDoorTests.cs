using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What a server says to datagrams of no connection.</summary>
public sealed class ServerDoorTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_client_is_let_in_after_a_retry()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { RetryFrom = 0 });
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);

        ((Ngtcp2Listener)pair.Listener).Door.RetriesSent.ShouldBe(1);
        var (client, server) = await pair.OpenAsync(Cancel);
        await client.WriteAsync("through"u8.ToArray(), endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).ShouldBe("through"u8.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task With_few_handshakes_under_way_nobody_is_asked_for_a_retry()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);

        ((Ngtcp2Listener)pair.Listener).Door.RetriesSent.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task With_too_many_handshakes_under_way_a_client_gets_no_answer()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { MaxHalfOpen = 0 });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

        var exception = await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(options, Cancel));

        exception.Error.ShouldBe(TransportError.Unreachable);
    }

    [Fact(Timeout = Patience)]
    public async Task One_address_has_its_share_of_the_handshakes_and_shows_that_it_is_real_before_it_has_half_of_it()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { HandshakesPerAddress = 4 }, Cancel);
        var door = ((Ngtcp2Listener)listener).Door;
        using var socket = Socket();

        // First packets of clients that say nothing more.
        foreach (var packet in await FirstPackets.CaptureAsync(6, Cancel))
            await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);
        while (door.RetriesSent < 4)
            await Task.Delay(5, Cancel);
        door.HalfOpen.ShouldBe(2); // The others may not be who they say they are.

        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);
        door.RetriesSent.ShouldBe(5);
        door.HalfOpen.ShouldBe(2); // Its place came back.
    }

    [Fact(Timeout = Patience)]
    public async Task Beyond_its_share_an_address_gets_no_answer()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { HandshakesPerAddress = 0 }, Cancel);
        var options = TransportPair.ConnectTo(listener.LocalEndPoint) with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

        (await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(options, Cancel))).Error.ShouldBe(TransportError.Unreachable);
    }

    [Fact(Timeout = Patience)]
    public async Task An_unknown_version_is_answered_with_the_one_that_is_spoken()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();

        await socket.SendToAsync(UnknownVersion(1200), listener.LocalEndPoint, Cancel);
        var answer = new byte[1500];
        var length = await socket.ReceiveAsync(answer, Cancel);

        // RFC 9000 § 17.2.1: version 0, the ids changed places, then the versions.
        answer.AsSpan(1, 4).ToArray().ShouldBe(new byte[4]);
        answer.AsSpan(5, 5).ToArray().ShouldBe(new byte[] { 4, 9, 9, 9, 9 });
        answer.AsSpan(length - 4, 4).ToArray().ShouldBe(new byte[] { 0, 0, 0, 1 });
    }

    [Fact(Timeout = Patience)]
    public async Task What_must_not_be_answered_is_not()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        byte[] versionNegotiation = [.. UnknownVersion(1200)];
        versionNegotiation.AsSpan(1, 4).Clear();
        byte[] longIds = [.. UnknownVersion(1200)];
        longIds[5] = 255;
        byte[] smallest = new byte[21];
        smallest[0] = 0x40;
        byte[] retry = [.. UnknownVersion(1200)];
        new byte[] { 0xf0, 0, 0, 0, 1 }.CopyTo(retry, 0);

        foreach (var silent in new[] { UnknownVersion(1199), versionNegotiation, UnknownVersion(40), smallest, retry, [], [0x40], [0xc0, 0, 0, 0, 1] })
            await socket.SendToAsync(silent, listener.LocalEndPoint, Cancel);
        // The first answer is to the last datagram: its ids come back in their other order.
        var last = UnknownVersion(1200);
        last[6] = 77;
        await socket.SendToAsync(last, listener.LocalEndPoint, Cancel);
        var answer = new byte[1500];
        var length = await socket.ReceiveAsync(answer, Cancel);

        length.ShouldBe(1 + 4 + 1 + 4 + 1 + 8 + 4);
        answer[11].ShouldBe((byte)77);
    }

    [Fact(Timeout = Patience)]
    public async Task Answers_that_cost_the_asker_nothing_are_so_many_a_second_and_no_more()
    {
        // With the clock standing still there are those of one second.
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { AnswersPerSecond = 5, RetryFrom = 0, Clock = () => 60_000_000_000 });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        var unknown = new byte[100];
        unknown[0] = 0x40;

        for (var i = 0; i < 50; i++)
        {
            await socket.SendToAsync(unknown, listener.LocalEndPoint, Cancel);
            await socket.SendToAsync(UnknownVersion(1200), listener.LocalEndPoint, Cancel);
        }
        await socket.SendToAsync((await FirstPackets.CaptureAsync(1, Cancel)).Single(), listener.LocalEndPoint, Cancel);

        // A Retry (RFC 9000 § 17.2.5) is the answer to the last one, and not rationed: it keeps handshakes from adding up.
        var answer = new byte[1500];
        var others = 0;
        while (await socket.ReceiveAsync(answer, Cancel) > 0 && !IsRetry(answer))
            others++;
        others.ShouldBe(5);
    }

    /// <summary>The first byte alone does not tell: a Version Negotiation packet's is random, but its version is 0.</summary>
    private static bool IsRetry(byte[] packet) => (packet[0] & 0xf0) == 0xf0 && packet.AsSpan(1, 4).SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 1]);

    [Fact(Timeout = Patience)]
    public async Task With_handshakes_that_nobody_goes_on_with_a_client_is_let_in_after_a_retry()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { RetryFrom = 3 });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        foreach (var initial in await FirstPackets.CaptureAsync(3, Cancel))
            await socket.SendToAsync(initial, listener.LocalEndPoint, Cancel);
        while (transport.Counters.LiveConnections < 3)
            await Task.Delay(5, Cancel);

        await using var client = await transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel);

        transport.Counters.Retries.ShouldBe(1);
    }

    [Fact(Timeout = Patience)]
    public async Task A_handshake_that_nobody_goes_on_with_is_forgotten_in_time()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { ServerHandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        foreach (var initial in await FirstPackets.CaptureAsync(3, Cancel))
            await socket.SendToAsync(initial, listener.LocalEndPoint, Cancel);

        while (transport.Counters.LiveConnections < 3)
            await Task.Delay(5, Cancel);
        while (transport.Counters.Leaks().Length > 0)
            await Task.Delay(5, Cancel);
    }

    [Theory(Timeout = Patience)]
    [InlineData(22)]
    [InlineData(38)]
    [InlineData(43)]
    public async Task A_stateless_reset_is_smaller_than_what_provoked_it(int length)
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        var packet = new byte[length];
        packet[0] = 0x40;

        await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);

        (await socket.ReceiveAsync(new byte[1500], Cancel)).ShouldBe(length - 1);
    }

    [Fact(Timeout = Patience)]
    public async Task A_packet_of_a_forgotten_connection_is_answered_with_a_smaller_stateless_reset()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        var packet = new byte[60];
        new Random(1).NextBytes(packet);
        packet[0] = 0x40;

        await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);
        var first = new byte[1500];
        var firstLength = await socket.ReceiveAsync(first, Cancel);
        await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);
        var second = new byte[1500];
        var secondLength = await socket.ReceiveAsync(second, Cancel);

        firstLength.ShouldBe(42);
        (first[0] & 0xc0).ShouldBe(0x40);
        // The token is the id's, the rest is random.
        first.AsSpan(firstLength - 16, 16).ToArray().ShouldBe(second.AsSpan(secondLength - 16, 16).ToArray());
        first.AsSpan(1, 20).ToArray().ShouldNotBe(second.AsSpan(1, 20).ToArray());
    }

    /// <summary>A long header (RFC 8999 § 5.1) of a version that nobody speaks.</summary>
    private static byte[] UnknownVersion(int length)
    {
        var packet = new byte[length];
        new byte[] { 0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, 1, 2, 3, 4, 5, 6, 7, 8, 4, 9, 9, 9, 9 }.CopyTo(packet, 0);
        return packet;
    }

    private static Socket Socket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
