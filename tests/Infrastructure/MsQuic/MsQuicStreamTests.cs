using Skytale.Conformance;
using Skytale.Infrastructure.Tests.MsQuic.Model;
using Skytale.Infrastructure.Tests.Transport;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic;

/// <summary>Where System.Net.Quic's manners differ from the contract's, over the model of them.</summary>
public sealed class MsQuicStreamTests : IAsyncDisposable
{
    private const int Patience = 60_000;

    private readonly ModelTransport _transport = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _transport.Counters.LiveConnections.ShouldBe(0);
        _transport.Counters.LiveStreams.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task A_stream_shows_with_its_own_first_byte_and_not_with_a_later_streams()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel);
        var first = await pair.Client.OpenStreamAsync(Cancel);
        var second = await pair.Client.OpenStreamAsync(Cancel);

        await second.WriteAsync(new byte[1], cancellationToken: Cancel);
        (await pair.Server.AcceptStreamAsync(Cancel)).Id.ShouldBe(second.Id);
        var accepting = pair.Server.AcceptStreamAsync(Cancel).AsTask();
        accepting.IsCompleted.ShouldBeFalse();
        await first.WriteAsync(default, endStream: true, Cancel);

        (await accepting).Id.ShouldBe(first.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_write_ends_its_direction_and_nothing_else()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        using var impatience = new CancellationTokenSource();
        var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: impatience.Token).AsTask();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => writing);
        (await Should.ThrowAsync<TransportException>(async () => await client.WriteAsync(new byte[1], cancellationToken: Cancel))).Error.ShouldBe(TransportError.StreamReset);
        (await Should.ThrowAsync<TransportException>(async () => await server.ReadToEndAsync(Cancel))).Error.ShouldBe(TransportError.StreamReset);
        await server.WriteAsync("still"u8.ToArray(), cancellationToken: Cancel);
        (await client.ReadExactlyAsync(5, Cancel)).ShouldBe("still"u8.ToArray());
        pair.Client.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task A_code_that_QUIC_cannot_carry_is_the_callers_bug_and_changes_nothing()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);

        Should.Throw<ArgumentOutOfRangeException>(() => client.Reset(1UL << 62));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await pair.Client.CloseAsync(ulong.MaxValue, ""));

        await client.WriteAsync(new byte[1], cancellationToken: Cancel);
        (await server.ReadAsync(new byte[1], Cancel)).ShouldBe(1);
        client.Reset((1UL << 62) - 1);
        (await Should.ThrowAsync<TransportException>(async () => await server.ReadAsync(new byte[1], Cancel))).Code.ShouldBe((1UL << 62) - 1);
    }

    [Fact(Timeout = Patience)]
    public async Task A_reset_after_everything_was_written_still_carries_its_code()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        await client.WriteAsync(default, endStream: true, Cancel);
        (await server.ReadAsync(new byte[1], Cancel)).ShouldBe(0);

        client.Reset(5);

        var failure = await Should.ThrowAsync<TransportException>(async () =>
        {
            while (true)
                await server.WriteAsync(new byte[100_000], cancellationToken: Cancel);
        });
        failure.Code.ShouldBe(5UL);
    }

    [Fact(Timeout = Patience)]
    public async Task A_stream_that_is_over_keeps_its_place_until_it_is_accepted()
    {
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel, serverLimits: new TransportLimits { MaxStreams = 1 });
        var first = await pair.Client.OpenStreamAsync(Cancel);
        await first.WriteAsync(new byte[1], cancellationToken: Cancel);
        first.Reset(1);
        var second = pair.Client.OpenStreamAsync(Cancel).AsTask();

        // Both sides have long seen to the first one's end when all of this has come through.
        for (var i = 0; i < 200; i++)
        {
            var other = await pair.Server.OpenSendStreamAsync(Cancel);
            await other.WriteAsync(new byte[1], endStream: true, Cancel);
            (await (await pair.Client.AcceptReceiveStreamAsync(Cancel)).ReadToEndAsync(Cancel)).Length.ShouldBe(1);
        }
        second.IsCompleted.ShouldBeFalse();

        await using var accepted = await pair.Server.AcceptStreamAsync(Cancel);
        (await second).Id.ShouldBeGreaterThan(first.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task The_counters_count_and_the_meter_tells_them()
    {
        using var heard = new HeardMetrics(MsQuicTransport.MeterName);
        using var metrics = new MsQuicMetrics(_transport.Counters);
        await using var pair = await TransportPair.CreateAsync(_transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);

        var writing = client.WriteAsync(new byte[300_000], endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).Length.ShouldBe(300_000);
        await writing;
        metrics.OnHandshakeEnded(server: true, completed: false);
        heard.Collect();

        heard.Largest("skytale.msquic.connections").ShouldBe(2);
        heard.Largest("skytale.msquic.streams").ShouldBe(2);
        heard.Largest("skytale.msquic.io", "sent").ShouldBe(300_001);
        heard.Largest("skytale.msquic.io", "received").ShouldBe(300_001);
        heard.Largest("skytale.msquic.handshakes", "server failed").ShouldBe(1);
    }
}
