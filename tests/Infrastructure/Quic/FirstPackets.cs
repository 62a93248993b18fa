using System.Net;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Real first packets of clients (RFC 9000 § 17.2.2), each of a connection of its own that nobody goes on with.</summary>
internal static class FirstPackets
{
    internal static async Task<IReadOnlyList<byte[]>> CaptureAsync(int count, CancellationToken cancellationToken)
    {
        await using var transport = new Ngtcp2Transport();
        using var mute = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        mute.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var options = TransportPair.ConnectTo((IPEndPoint)mute.LocalEndPoint!);
        var buffer = new byte[1500];
        var packets = new Dictionary<string, byte[]>(); // By the client's choice of an id: a packet that is sent again is the same.
        while (packets.Count < count)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var connecting = transport.ConnectAsync(options, enough.Token);
            var length = await mute.ReceiveAsync(buffer, cancellationToken);
            packets.TryAdd(Convert.ToHexString(buffer.AsSpan(5, 21)), buffer[..length]);
            await enough.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => connecting);
        }
        return [.. packets.Values];
    }
}
