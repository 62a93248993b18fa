using Skytale.Conformance;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A long connection changes its keys on the way (RFC 9001 § 6).</summary>
public sealed class KeyUpdateTests
{
    private const int Patience = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Bytes_arrive_whole_while_both_sides_change_their_keys_again_and_again()
    {
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { KeyUpdateAfter = 100_000 });
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var sent = TransportStreamExtensions.Bytes(200_000, seed: 12);

        // An update is only allowed once the peer has followed the one before: more than two show that it did.
        while (transport.Counters.KeyUpdates < 6)
        {
            var (client, server) = await pair.OpenAsync(Cancel);
            var echoing = server.EchoAsync(Cancel);
            await client.WriteAsync(sent, endStream: true, Cancel);
            (await client.ReadToEndAsync(Cancel)).AsSpan().SequenceEqual(sent).ShouldBeTrue();
            await echoing;
        }
        pair.Client.Closed.IsCompleted.ShouldBeFalse();
        pair.Server.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_short_connection_keeps_its_first_key()
    {
        await using var transport = new Ngtcp2Transport();
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        var echoing = server.EchoAsync(Cancel);
        await client.WriteAsync(new byte[2_000_000], endStream: true, Cancel);
        await client.ReadToEndAsync(Cancel);
        await echoing;

        transport.Counters.KeyUpdates.ShouldBe(0);
    }
}
