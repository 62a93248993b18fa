using Skytale.Conformance;
using Skytale.Infrastructure.Tests.Transport;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>
/// The meter's instruments. Other tests of this process have transports of their own under the same name, so that what is
/// heard here can be more than this test's, never less.
/// </summary>
public sealed class MetricsTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task The_counters_follow_a_transfer()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { RetryFrom = 0 });
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        var (packets, bytes) = (transport.Counters.PacketsSent, transport.Counters.BytesSent);

        var writing = client.WriteAsync(new byte[300_000], endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).Length.ShouldBe(300_000);
        await writing;

        transport.Counters.Retries.ShouldBe(1);
        var sent = transport.Counters.PacketsSent - packets;
        sent.ShouldBeGreaterThanOrEqualTo(300_000 / 1500);
        (transport.Counters.BytesSent - bytes).ShouldBeGreaterThan(300_000);
        // Counted after the turn in which the bytes were handed on; the test's timeout is the limit.
        while (transport.Counters.BytesReceived < 300_000 || transport.Counters.PacketsReceived < 300_000 / 1500)
            await Task.Delay(5, Cancel);
    }

    [Fact(Timeout = Patience)]
    public async Task Every_instrument_speaks()
    {
        using var heard = new HeardMetrics(Ngtcp2Transport.MeterName);
        await using (var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { RetryFrom = 0 }))
        {
            await using var pair = await TransportPair.CreateAsync(transport, Cancel);
            var (client, _) = await pair.OpenAsync(Cancel);
            var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask(); // More than the window: some of it waits.

            // The window is used up first, and the queue filled again after; the test's timeout is the limit.
            do
            {
                await Task.Delay(5, Cancel);
                heard.Collect();
            }
            while (heard.Largest("skytale.quic.send_queue") == 0);

            heard.Largest("skytale.quic.connections").ShouldBeGreaterThanOrEqualTo(2);
            heard.Largest("skytale.quic.streams").ShouldBeGreaterThanOrEqualTo(2);
            heard.Largest("skytale.quic.send_queue").ShouldBeInRange(1, 2 << 20);
            heard.Largest("skytale.quic.retries").ShouldBeGreaterThanOrEqualTo(1);
            heard.Largest("skytale.quic.packets", "sent").ShouldBeGreaterThan(4);
            heard.Largest("skytale.quic.packets", "received").ShouldBeGreaterThan(4);
            heard.Largest("skytale.quic.io", "sent").ShouldBeGreaterThan(2400);
            heard.Largest("skytale.quic.io", "received").ShouldBeGreaterThan(2400);
            heard.Largest("skytale.quic.handshakes", "client completed").ShouldBe(1);
            heard.Largest("skytale.quic.handshakes", "server completed").ShouldBe(1);
            await pair.Client.DisposeAsync();
            await Should.ThrowAsync<TransportException>(() => writing);
        }
        heard.Largest("skytale.quic.round_trip").ShouldBeInRange(1e-9, 60);
    }

    [Fact(Timeout = Patience)]
    public async Task A_refused_handshake_counts_as_failed()
    {
        using var heard = new HeardMetrics(Ngtcp2Transport.MeterName);
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(TransportPair.Listen() with { Certificate = TestCertificates.Other }, Cancel);

        await Should.ThrowAsync<TransportException>(() => transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel));

        heard.Largest("skytale.quic.handshakes", "client failed").ShouldBe(1);
    }
}
