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
    public async Task Five_thousand_junk_datagrams_later_clients_are_still_served()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        using var socket = Socket();
        var random = new Random(5);
        var junk = new byte[1500];
        for (var i = 0; i < 5_000; i++)
        {
            random.NextBytes(junk);
            Disguise(junk, kind: i % 5);
            await socket.SendToAsync(junk.AsMemory(0, random.Next(1, junk.Length)), pair.Listener.LocalEndPoint, Cancel);
        }

        await client.WriteAsync("still"u8.ToArray(), endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).ShouldBe("still"u8.ToArray());
        await using var late = await transport.ConnectAsync(TransportPair.ConnectTo(pair.Listener.LocalEndPoint), Cancel);
        late.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task An_unknown_version_is_answered_with_the_one_that_is_spoken()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        using var socket = Socket();
        var packet = new byte[1200];
        new byte[] { 0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, 1, 2, 3, 4, 5, 6, 7, 8, 4, 9, 9, 9, 9 }.CopyTo(packet, 0);

        await socket.SendToAsync(packet, listener.LocalEndPoint, Cancel);
        var answer = new byte[1500];
        var length = await socket.ReceiveAsync(answer, Cancel);

        // RFC 9000 § 17.2.1: version 0, the ids changed places, then the versions.
        answer.AsSpan(1, 4).ToArray().ShouldBe(new byte[4]);
        answer.AsSpan(5, 5).ToArray().ShouldBe(new byte[] { 4, 9, 9, 9, 9 });
        answer.AsSpan(length - 4, 4).ToArray().ShouldBe(new byte[] { 0, 0, 0, 1 });
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

    private static Socket Socket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    /// <summary>Random bytes; an Initial of version 1; version 0 with a long id; a short packet; version 1 with an id of 255 bytes.</summary>
    private static void Disguise(byte[] junk, int kind)
    {
        switch (kind)
        {
            case 1:
                new byte[] { 0xc3, 0, 0, 0, 1, 8 }.CopyTo(junk, 0);
                junk[14] = 8;
                junk[23] = 0;
                break;
            case 2:
                new byte[] { 0xc0, 0, 0, 0, 0, 255 }.CopyTo(junk, 0);
                break;
            case 3:
                junk[0] = 0x43;
                break;
            case 4:
                new byte[] { 0xc0, 0, 0, 0, 1, 255 }.CopyTo(junk, 0);
                break;
        }
    }
}
