using System.Buffers.Binary;
using System.Net.Sockets;
using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>One version is spoken; whoever begins with another is told which (RFC 9000 § 6).</summary>
public sealed class VersionTests
{
    private const int IdLength = 16;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(0x6b3343cfu)] // RFC 9369: ngtcp2 would speak it.
    [InlineData(0x1a2a3a4au)] // Nobody does.
    public async Task A_client_of_another_version_is_told_which_is_spoken(uint version)
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel);
        var first = (await FirstPackets.CaptureAsync(1, Cancel))[0];
        BinaryPrimitives.WriteUInt32BigEndian(first.AsSpan(1), version);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await client.ConnectAsync(listener.LocalEndPoint, Cancel);

        await client.SendAsync(first, Cancel);

        var answer = new byte[1500];
        var length = await client.ReceiveAsync(answer, Cancel);
        BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(1)).ShouldBe(0u, "version negotiation"); // § 17.2.1
        answer.AsSpan(6, IdLength).SequenceEqual(first.AsSpan(7 + IdLength, IdLength)).ShouldBeTrue("to the id that the client named as its own");
        answer[(7 + (2 * IdLength))..length].ShouldBe([0, 0, 0, 1]);
        transport.Counters.LiveConnections.ShouldBe(0);
    }
}
