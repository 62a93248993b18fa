using System.Net;
using System.Net.Sockets;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Infrastructure.Tests.Quic;

public sealed class SendBatchTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Packets_arrive_one_by_one_in_order_with_and_without_segmentation(bool segmentation)
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int[] lengths = [1200, 1200, 1200, 700, 1200, 300, 300, 300, 900, .. Enumerable.Repeat(1000, 80)];

        Send(lengths, (IPEndPoint)receiver.LocalEndPoint!, segmentation);

        var buffer = new byte[65536];
        for (var i = 0; i < lengths.Length; i++)
        {
            (await receiver.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(lengths[i]);
            buffer[0].ShouldBe((byte)i);
            buffer[lengths[i] - 1].ShouldBe((byte)i);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Packets_of_a_socket_on_all_addresses_leave_from_their_paths_address(bool segmentation, bool bothFamilies)
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int[] lengths = [1000, 1000, 1000, 1000, 500, 1000];

        // One after the other, equal in size and destination: the source alone keeps them apart.
        Send(lengths, (IPEndPoint)receiver.LocalEndPoint!, segmentation, bothFamilies ? IPAddress.IPv6Any : IPAddress.Any, [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")]);

        var buffer = new byte[2000];
        for (var i = 0; i < lengths.Length; i++)
        {
            var received = await receiver.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), TestContext.Current.CancellationToken);
            received.ReceivedBytes.ShouldBe(lengths[i]);
            buffer[0].ShouldBe((byte)i);
            ((IPEndPoint)received.RemoteEndPoint).Address.ShouldBe(IPAddress.Parse(i < 3 ? "127.0.0.2" : "127.0.0.3"));
        }
    }

    [Fact]
    public unsafe void An_address_that_takes_no_datagrams_at_all_does_not_end_segmentation()
    {
        using var socket = new UdpSocket(new IPEndPoint(IPAddress.Loopback, 0), listens: true);
        using var batch = new SendBatch(socket.Fd);
        var local = SocketAddressBytes.From(socket.LocalEndPoint);
        var remote = SocketAddressBytes.From(new IPEndPoint(IPAddress.Loopback, 0)); // Whoever asks from port 0 is answered there.
        fixed (byte* r = remote, l = local)
        {
            var path = new Ngtcp2Path
            {
                Local = new Ngtcp2Addr { Address = l, Length = (uint)local.Length },
                Remote = new Ngtcp2Addr { Address = r, Length = (uint)remote.Length },
            };
            for (var i = 0; i < 3; i++)
                batch.Commit(1200, &path);
        }

        batch.Flush();

        batch.UsesSegmentation.ShouldBeTrue();
    }

    private static void Send(int[] lengths, IPEndPoint to, bool segmentation) => Send(lengths, to, segmentation, IPAddress.Loopback, [IPAddress.Loopback]);

    /// <summary>Sends the packets in as many equal parts as there are sources.</summary>
    private static unsafe void Send(int[] lengths, IPEndPoint to, bool segmentation, IPAddress bind, IPAddress[] sources)
    {
        using var socket = new UdpSocket(new IPEndPoint(bind, 0), listens: true);
        using var batch = new SendBatch(socket.Fd, socket.TellsDestination, segmentation);
        var remote = AddressOf(to.Address, to.Port);
        for (var i = 0; i < lengths.Length; i++)
        {
            var local = AddressOf(sources[i * sources.Length / lengths.Length], socket.LocalEndPoint.Port);
            fixed (byte* r = remote, l = local)
            {
                var path = new Ngtcp2Path
                {
                    Local = new Ngtcp2Addr { Address = l, Length = (uint)local.Length },
                    Remote = new Ngtcp2Addr { Address = r, Length = (uint)remote.Length },
                };
                new Span<byte>(batch.Next, lengths[i]).Fill((byte)i);
                batch.Commit(lengths[i], &path);
            }
        }
        batch.Flush();
        batch.HasPackets.ShouldBeFalse();

        byte[] AddressOf(IPAddress address, int port) =>
            SocketAddressBytes.From(new IPEndPoint(bind.AddressFamily == AddressFamily.InterNetworkV6 ? address.MapToIPv6() : address, port));
    }
}
