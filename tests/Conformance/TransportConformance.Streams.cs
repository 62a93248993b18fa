using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Theory(Timeout = Patience)]
    [InlineData(1)]
    [InlineData(1_199)]
    [InlineData(16_384)]
    [InlineData(65_537)]
    [InlineData(1 << 20)]
    [InlineData((5 << 20) + 3)]
    public async Task Bytes_come_back_as_they_were_sent(int length)
    {
        await using var pair = await PairAsync();
        var sent = TransportStreamExtensions.Bytes(length, seed: length);
        var stream = await pair.Client.OpenStreamAsync(Cancel);
        var writing = stream.WriteAsync(sent, endStream: true, Cancel);
        var echoing = (await pair.Server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel);

        var received = await stream.ReadToEndAsync(Cancel);

        await writing;
        await echoing;
        received.AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact(Timeout = Patience)]
    public async Task Many_small_writes_arrive_in_order()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        const int count = 20_000;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
                await client.WriteAsync(BitConverter.GetBytes(i), endStream: i == count - 1, Cancel);
        }, Cancel);

        var received = await server.ReadToEndAsync(Cancel);

        await writing;
        received.Length.ShouldBe(count * sizeof(int));
        for (var i = 0; i < count; i++)
            BitConverter.ToInt32(received, i * sizeof(int)).ShouldBe(i);
    }

    [Fact(Timeout = Patience)]
    public async Task Two_hundred_streams_at_once_do_not_mix()
    {
        await using var pair = await PairAsync();
        var serving = Task.Run(async () =>
        {
            var echoes = new List<Task>();
            for (var i = 0; i < 200; i++)
                echoes.Add((await pair.Server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel));
            await Task.WhenAll(echoes);
        }, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var sent = TransportStreamExtensions.Bytes(10_000 + i, seed: i);
            var stream = await pair.Client.OpenStreamAsync(Cancel);
            var writing = stream.WriteAsync(sent, endStream: true, Cancel);
            (await stream.ReadToEndAsync(Cancel)).ShouldBe(sent);
            await writing;
        }));
        await serving;
    }

    [Fact(Timeout = Patience)]
    public async Task The_server_may_open_streams_too()
    {
        await using var pair = await PairAsync();
        var server = await pair.Server.OpenStreamAsync(Cancel);
        await server.WriteAsync("hello"u8.ToArray(), endStream: true, Cancel);

        var client = await pair.Client.AcceptStreamAsync(Cancel);

        client.Id.ShouldBe(server.Id);
        (await client.ReadToEndAsync(Cancel)).ShouldBe("hello"u8.ToArray());
        await client.WriteAsync("and back"u8.ToArray(), endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).ShouldBe("and back"u8.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task Each_direction_ends_by_itself()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);

        await client.WriteAsync(default, endStream: true, Cancel);
        (await server.ReadAsync(new byte[10], Cancel)).ShouldBe(0);
        (await server.ReadAsync(new byte[10], Cancel)).ShouldBe(0);
        await server.WriteAsync("still here"u8.ToArray(), cancellationToken: Cancel);
        (await client.ReadExactlyAsync(10, Cancel)).ShouldBe("still here"u8.ToArray());
        await server.WriteAsync("bye"u8.ToArray(), endStream: true, Cancel);
        (await client.ReadToEndAsync(Cancel)).ShouldBe("bye"u8.ToArray());
        await Should.ThrowAsync<InvalidOperationException>(async () => await client.WriteAsync(new byte[1], cancellationToken: Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_reset_is_seen_by_the_peers_reader_and_writer_with_its_code()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        var reading = server.ReadAsync(new byte[10], Cancel).AsTask();

        client.Reset(4711);
        client.Reset(4712);

        (await ShouldFailAsync(TransportError.StreamReset, () => reading)).Code.ShouldBe(4711UL);
        var writing = await ShouldFailAsync(TransportError.StreamReset, async () =>
        {
            while (true)
                await server.WriteAsync(new byte[100_000], cancellationToken: Cancel);
        });
        writing.Code.ShouldBe(4711UL);
        await ShouldFailAsync(TransportError.StreamReset, async () => await client.ReadAsync(new byte[1], Cancel));
        await ShouldFailAsync(TransportError.StreamReset, async () => await client.WriteAsync(new byte[1], cancellationToken: Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_reset_stream_leaves_the_others_alone()
    {
        await using var pair = await PairAsync();
        var (first, _) = await pair.OpenAsync(Cancel);
        var (second, secondServer) = await pair.OpenAsync(Cancel);

        first.Reset(1);

        await second.WriteAsync("fine"u8.ToArray(), endStream: true, Cancel);
        (await secondServer.ReadToEndAsync(Cancel)).ShouldBe("fine"u8.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task Two_reads_at_once_are_the_callers_bug()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        var first = client.ReadAsync(new byte[10], Cancel).AsTask();

        await Should.ThrowAsync<InvalidOperationException>(async () => await client.ReadAsync(new byte[10], Cancel));

        await server.WriteAsync("one"u8.ToArray(), cancellationToken: Cancel);
        (await first).ShouldBe(3);
    }

    [Fact(Timeout = Patience)]
    public async Task Two_writes_at_once_are_the_callers_bug()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        var first = client.WriteAsync(new byte[20 << 20], endStream: true, Cancel).AsTask();

        await Should.ThrowAsync<InvalidOperationException>(async () => await client.WriteAsync(new byte[1], cancellationToken: Cancel));

        (await server.ReadToEndAsync(Cancel)).Length.ShouldBe(20 << 20);
        await first;
    }

    [Fact(Timeout = Patience)]
    public async Task Empty_buffers_are_the_callers_bug()
    {
        await using var pair = await PairAsync();
        var (client, _) = await pair.OpenAsync(Cancel);

        await Should.ThrowAsync<ArgumentException>(async () => await client.ReadAsync(Memory<byte>.Empty, Cancel));
        await Should.ThrowAsync<ArgumentException>(async () => await client.WriteAsync(ReadOnlyMemory<byte>.Empty, cancellationToken: Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_read_takes_nothing()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        using var impatience = new CancellationTokenSource();
        var reading = client.ReadAsync(new byte[10], impatience.Token).AsTask();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await server.WriteAsync("later"u8.ToArray(), cancellationToken: Cancel);
        (await client.ReadExactlyAsync(5, Cancel)).ShouldBe("later"u8.ToArray());
    }
}
