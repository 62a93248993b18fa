using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A listener on all addresses answers from the one that was asked.</summary>
public sealed class WildcardTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is bound, and an address of this machine to ask.</summary>
    public static TheoryData<string, string> Addresses => new()
    {
        { "0.0.0.0", "127.0.0.1" },
        { "0.0.0.0", "127.0.0.2" },
        { "::", "127.0.0.1" },
        { "::", "127.0.0.2" },
        { "::", "::1" },
    };

    [Theory(Timeout = Patience), MemberData(nameof(Addresses))]
    public async Task Bytes_go_there_and_back(string bound, string asked)
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await ListenAsync(transport, bound);
        var connecting = transport.ConnectAsync(TransportPair.ConnectTo(new IPEndPoint(IPAddress.Parse(asked), listener.LocalEndPoint.Port)), Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        await using var client = await connecting;
        var sent = TransportStreamExtensions.Bytes(500_000, seed: 3);

        var stream = await client.OpenStreamAsync(Cancel);
        var writing = stream.WriteAsync(sent, endStream: true, Cancel);
        var echoing = (await server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel);
        var received = await stream.ReadToEndAsync(Cancel);

        await writing;
        await echoing;
        TransportStreamExtensions.Hash(received).ShouldBe(TransportStreamExtensions.Hash(sent));
        server.RemoteEndPoint.AddressFamily.ShouldBe(client.RemoteEndPoint.AddressFamily, "an IPv4 peer is shown as one");
        IPAddress.IsLoopback(server.RemoteEndPoint.Address).ShouldBeTrue();
    }

    /// <summary>A version that nobody speaks, so that the datagram that comes back is the door's.</summary>
    [Theory(Timeout = Patience), MemberData(nameof(Addresses))]
    public async Task An_answer_to_a_stranger_leaves_from_the_address_that_was_asked(string bound, string asked)
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await ListenAsync(transport, bound);
        var to = new IPEndPoint(IPAddress.Parse(asked), listener.LocalEndPoint.Port);
        using var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Bound to 127.0.0.1 also where 127.0.0.2 is asked: left to itself the system would answer from 127.0.0.1.
        socket.Bind(new IPEndPoint(to.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
        var packet = new byte[1200];
        new byte[] { 0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, 1, 2, 3, 4, 5, 6, 7, 8, 4, 9, 9, 9, 9 }.CopyTo(packet, 0);

        await socket.SendToAsync(packet, to, Cancel);
        var answer = await socket.ReceiveFromAsync(new byte[1500], new IPEndPoint(to.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0), Cancel);

        answer.RemoteEndPoint.ShouldBe(to);
    }

    [Fact(Timeout = Patience)]
    public async Task Clients_of_two_of_its_addresses_are_served_at_once()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { RetryFrom = 0 });
        await using var listener = await ListenAsync(transport, "0.0.0.0");
        var port = listener.LocalEndPoint.Port;
        var clients = await Task.WhenAll(Enumerable.Range(1, 8).Select(i =>
            transport.ConnectAsync(TransportPair.ConnectTo(new IPEndPoint(IPAddress.Parse($"127.0.0.{i % 2 + 1}"), port)), Cancel)));

        foreach (var client in clients)
        {
            await using var server = await listener.AcceptAsync(Cancel);
            client.Closed.IsCompleted.ShouldBeFalse();
        }
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static Task<ITransportListener> ListenAsync(Ngtcp2Transport transport, string address) =>
        transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = new IPEndPoint(IPAddress.Parse(address), 0) }, Cancel);
}
