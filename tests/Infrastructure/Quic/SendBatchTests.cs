using System.Net;
using System.Net.Sockets;
using Skytale.Quic.Ngtcp2.Loop;

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

    private static unsafe void Send(int[] lengths, IPEndPoint to, bool segmentation)
    {
        using var socket = new UdpSocket(new IPEndPoint(IPAddress.Loopback, 0));
        using var batch = new SendBatch(socket.Fd, segmentation);
        fixed (byte* address = SocketAddressBytes.From(to))
        {
            for (var i = 0; i < lengths.Length; i++)
            {
                new Span<byte>(batch.Next, lengths[i]).Fill((byte)i);
                batch.Commit(lengths[i], address, 16);
            }
        }
        batch.Flush();
        batch.HasPackets.ShouldBeFalse();
    }
}
