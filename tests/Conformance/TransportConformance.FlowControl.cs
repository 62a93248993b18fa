using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Fact(Timeout = Patience)]
    public async Task A_writer_waits_for_a_reader_that_does_not_read_and_other_streams_go_on()
    {
        await using var pair = await PairAsync(new TransportLimits { StreamWindow = 64 << 10, ConnectionWindow = 1 << 20 });
        var (blocked, unread) = await pair.OpenAsync(Cancel);
        long written = 0;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 400; i++)
            {
                await blocked.WriteAsync(new byte[32 << 10], cancellationToken: Cancel);
                Interlocked.Add(ref written, 32 << 10);
            }
            await blocked.WriteAsync(default, endStream: true, Cancel);
        }, Cancel);

        // While it waits, another stream carries far more than the blocked one's window.
        var (free, freeServer) = await pair.OpenAsync(Cancel);
        var echoing = freeServer.EchoAsync(Cancel);
        for (var i = 0; i < 100; i++)
        {
            await free.WriteAsync(new byte[16 << 10], cancellationToken: Cancel);
            _ = await free.ReadExactlyAsync(16 << 10, Cancel);
        }
        await free.WriteAsync(default, endStream: true, Cancel);
        await echoing;

        writing.IsCompleted.ShouldBeFalse();
        Interlocked.Read(ref written).ShouldBeLessThan(4 << 20); // The window and the writer's own buffer.
        (await unread.ReadToEndAsync(Cancel)).Length.ShouldBe(400 * (32 << 10));
        await writing;
    }

    [Fact(Timeout = Patience)]
    public async Task The_connections_window_holds_all_streams_together_and_reading_opens_it()
    {
        await using var pair = await PairAsync(new TransportLimits { StreamWindow = 256 << 10, ConnectionWindow = 512 << 10 });
        var streams = new List<(ITransportStream Client, ITransportStream Server)>();
        for (var i = 0; i < 8; i++)
            streams.Add(await pair.OpenAsync(Cancel));
        var writing = streams.Select(s => s.Client.WriteAsync(new byte[1 << 20], endStream: true, Cancel).AsTask()).ToArray();

        var lengths = await Task.WhenAll(streams.Select(async s => (await s.Server.ReadToEndAsync(Cancel)).Length));

        lengths.ShouldAllBe(length => length == 1 << 20);
        await Task.WhenAll(writing);
    }

    [Fact(Timeout = Patience)]
    public async Task Unread_bytes_of_abandoned_streams_do_not_use_up_the_connections_window()
    {
        await using var pair = await PairAsync(new TransportLimits { StreamWindow = 64 << 10, ConnectionWindow = 128 << 10 });
        for (var i = 0; i < 40; i++)
        {
            var (client, server) = await pair.OpenAsync(Cancel);
            await client.WriteAsync(new byte[48 << 10], cancellationToken: Cancel);
            (await server.ReadAsync(new byte[1], Cancel)).ShouldBe(1); // Something has arrived that nobody reads.
            if (i % 2 == 0)
                server.Reset(1);
            else
                client.Reset(1);
            await server.DisposeAsync();
            await client.DisposeAsync();
        }

        var (last, lastServer) = await pair.OpenAsync(Cancel);
        var writing = last.WriteAsync(new byte[1 << 20], endStream: true, Cancel).AsTask();
        (await lastServer.ReadToEndAsync(Cancel)).Length.ShouldBe(1 << 20);
        await writing;
    }

    [Fact(Timeout = Patience)]
    public async Task Opening_waits_at_the_peers_stream_limit_until_a_stream_is_over()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 2 });
        var (first, firstServer) = await pair.OpenAsync(Cancel);
        var (second, secondServer) = await pair.OpenAsync(Cancel);
        var third = pair.Client.OpenStreamAsync(Cancel).AsTask();
        third.IsCompleted.ShouldBeFalse();

        await first.WriteAsync(default, endStream: true, Cancel);
        await firstServer.WriteAsync(default, endStream: true, Cancel);
        (await first.ReadAsync(new byte[1], Cancel)).ShouldBe(0);
        (await firstServer.ReadAsync(new byte[1], Cancel)).ShouldBe(0);

        (await third).Id.ShouldBeGreaterThan(second.Id);
        await secondServer.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_open_leaves_the_place_to_the_next()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 1 });
        var (first, firstServer) = await pair.OpenAsync(Cancel);
        using var impatience = new CancellationTokenSource();
        var given = pair.Client.OpenStreamAsync(impatience.Token).AsTask();
        var kept = pair.Client.OpenStreamAsync(Cancel).AsTask();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => given);
        first.Reset(1);
        firstServer.Reset(1);
        (await kept).Id.ShouldBeGreaterThan(first.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task Streams_that_nobody_accepts_still_count_against_the_limit()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 2 });
        for (var i = 0; i < 2; i++)
        {
            var stream = await pair.Client.OpenStreamAsync(Cancel);
            await stream.WriteAsync(new byte[1], cancellationToken: Cancel);
            stream.Reset(1);
        }
        var third = pair.Client.OpenStreamAsync(Cancel).AsTask();

        third.IsCompleted.ShouldBeFalse();

        await using var accepted = await pair.Server.AcceptStreamAsync(Cancel);

        await ShouldFailAsync(TransportError.StreamReset, async () => await accepted.ReadToEndAsync(Cancel));
        (await third).Reset(2);
    }
}
