using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Theory(Timeout = Patience)]
    [InlineData(1)]
    [InlineData((5 << 20) + 3)]
    public async Task Bytes_go_one_way_as_they_were_sent_whoever_opens(int length)
    {
        await using var pair = await PairAsync();
        foreach (var (from, to) in new[] { (pair.Client, pair.Server), (pair.Server, pair.Client) })
        {
            var sent = TransportStreamExtensions.Bytes(length, seed: length);
            var stream = await from.OpenSendStreamAsync(Cancel);
            var writing = stream.WriteAsync(sent, endStream: true, Cancel);

            var incoming = await to.AcceptReceiveStreamAsync(Cancel);

            incoming.Id.ShouldBe(stream.Id);
            (await incoming.ReadToEndAsync(Cancel)).AsSpan().SequenceEqual(sent).ShouldBeTrue();
            await writing;
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Streams_of_both_kinds_at_once_do_not_mix()
    {
        await using var pair = await PairAsync();
        const int count = 100;
        var sending = Enumerable.Range(0, count).Select(async i =>
        {
            var oneWay = await pair.Server.OpenSendStreamAsync(Cancel);
            await oneWay.WriteAsync(TransportStreamExtensions.Bytes(5_000 + i, seed: i), endStream: true, Cancel);
            var bothWays = await pair.Server.OpenStreamAsync(Cancel);
            await bothWays.WriteAsync(new byte[] { 7 }, endStream: true, Cancel);
        });

        var receiving = Enumerable.Range(0, count).Select(async _ =>
        {
            var oneWay = await pair.Client.AcceptReceiveStreamAsync(Cancel);
            var bothWays = await pair.Client.AcceptStreamAsync(Cancel);
            (await bothWays.ReadToEndAsync(Cancel)).ShouldBe([7]);
            return await oneWay.ReadToEndAsync(Cancel);
        });

        await Task.WhenAll(sending);
        var received = await Task.WhenAll(receiving);
        received.OrderBy(bytes => bytes.Length).ShouldBe(Enumerable.Range(0, count).Select(i => TransportStreamExtensions.Bytes(5_000 + i, seed: i)));
    }

    [Fact(Timeout = Patience)]
    public async Task The_receiver_of_a_unidirectional_stream_sees_the_senders_reset()
    {
        await using var pair = await PairAsync();
        var (sender, receiver) = await OneWayAsync(pair);
        var reading = receiver.ReadAsync(new byte[10], Cancel).AsTask();

        sender.Reset(12);

        (await ShouldFailAsync(TransportError.StreamReset, () => reading)).Code.ShouldBe(12UL);
    }

    [Fact(Timeout = Patience)]
    public async Task The_sender_of_a_unidirectional_stream_sees_that_nobody_reads()
    {
        await using var pair = await PairAsync();
        var (sender, receiver) = await OneWayAsync(pair);

        receiver.Reset(13);

        var failure = await ShouldFailAsync(TransportError.StreamReset, async () =>
        {
            while (true)
                await sender.WriteAsync(new byte[100_000], cancellationToken: Cancel);
        });
        failure.Code.ShouldBe(13UL);
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_receiver_stops_the_sender_and_takes_no_window_with_it()
    {
        await using var pair = await PairAsync(new TransportLimits { StreamWindow = 64 << 10, ConnectionWindow = 128 << 10 });
        for (var i = 0; i < 10; i++)
        {
            var (sender, receiver) = await OneWayAsync(pair);
            await sender.WriteAsync(new byte[48 << 10], cancellationToken: Cancel);
            (await receiver.ReadAsync(new byte[1], Cancel)).ShouldBe(1);
            await receiver.DisposeAsync();
            await sender.DisposeAsync();
        }

        var (last, lastReceiver) = await OneWayAsync(pair);
        var writing = last.WriteAsync(new byte[1 << 20], endStream: true, Cancel).AsTask();
        (await lastReceiver.ReadToEndAsync(Cancel)).Length.ShouldBe(1 << 20);
        await writing;
    }

    [Fact(Timeout = Patience)]
    public async Task Each_kind_of_stream_has_a_limit_of_its_own()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 1 });
        var (first, firstReceiver) = await OneWayAsync(pair);
        await pair.OpenAsync(Cancel);
        var second = pair.Client.OpenSendStreamAsync(Cancel).AsTask();
        second.IsCompleted.ShouldBeFalse();

        await first.WriteAsync(default, endStream: true, Cancel);
        (await firstReceiver.ReadAsync(new byte[1], Cancel)).ShouldBe(0);

        (await second).Id.ShouldBeGreaterThan(first.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task A_close_ends_whoever_waits_for_a_unidirectional_stream()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 1 });
        var (sender, _) = await OneWayAsync(pair);
        var opening = pair.Client.OpenSendStreamAsync(Cancel).AsTask();
        var accepting = pair.Client.AcceptReceiveStreamAsync(Cancel).AsTask();
        var writing = sender.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask();

        await pair.Server.CloseAsync(9, "going");

        foreach (var waiting in new Task[] { opening, accepting, writing })
            (await ShouldFailAsync(TransportError.Closed, () => waiting)).Code.ShouldBe(9UL);
    }

    private static async Task<(ITransportSendStream Sender, ITransportReceiveStream Receiver)> OneWayAsync(TransportPair pair)
    {
        var sender = await pair.Client.OpenSendStreamAsync(Cancel);
        await sender.WriteAsync(new byte[] { 1 }, cancellationToken: Cancel);
        var receiver = await pair.Server.AcceptReceiveStreamAsync(Cancel);
        (await receiver.ReadAsync(new byte[1], Cancel)).ShouldBe(1);
        return (sender, receiver);
    }
}
