using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Fact(Timeout = Patience)]
    public async Task A_close_is_seen_by_the_peer_with_code_and_reason()
    {
        await using var pair = await PairAsync();

        await pair.Client.CloseAsync(77, "enough");
        await pair.Client.CloseAsync(78, "too late");

        (await pair.Server.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 77, ReasonSeen("enough")));
        (await pair.Client.Closed).ShouldBe(new TransportClosed(TransportClosedBy.Local, 77, "enough"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_close_by_the_server_ends_everything_that_waits_at_the_client()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 1 });
        var (client, _) = await pair.OpenAsync(Cancel);
        var reading = client.ReadAsync(new byte[1], Cancel).AsTask();
        var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask();
        var accepting = pair.Client.AcceptStreamAsync(Cancel).AsTask();
        var opening = pair.Client.OpenStreamAsync(Cancel).AsTask();

        await pair.Server.CloseAsync(9, "going");

        foreach (var waiting in new Task[] { reading, writing, accepting, opening })
            (await ShouldFailAsync(TransportError.Closed, () => waiting)).Code.ShouldBe(9UL);
        await ShouldFailAsync(TransportError.Closed, async () => await pair.Client.OpenStreamAsync(Cancel));
        await ShouldFailAsync(TransportError.Closed, async () => await pair.Client.AcceptStreamAsync(Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_connection_ends_everything_that_waits_on_it()
    {
        await using var pair = await PairAsync(new TransportLimits { MaxStreams = 1 });
        var (client, _) = await pair.OpenAsync(Cancel);
        var reading = client.ReadAsync(new byte[1], Cancel).AsTask();
        var writing = client.WriteAsync(new byte[16 << 20], cancellationToken: Cancel).AsTask();
        var accepting = pair.Client.AcceptStreamAsync(Cancel).AsTask();
        var opening = pair.Client.OpenStreamAsync(Cancel).AsTask();

        await pair.Client.DisposeAsync();

        foreach (var waiting in new Task[] { reading, writing, accepting, opening })
            await ShouldFailAsync(TransportError.Closed, () => waiting);
        (await pair.Client.Closed).Kind.ShouldBe(TransportClosedBy.Local);
        (await pair.Server.Closed).Kind.ShouldBe(TransportClosedBy.Peer);
    }

    [Fact(Timeout = Patience)]
    public async Task What_arrived_before_the_peers_close_can_still_be_read()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        await client.WriteAsync("last words"u8.ToArray(), cancellationToken: Cancel);
        (await server.ReadExactlyAsync(4, Cancel)).ShouldBe("last"u8.ToArray());

        await pair.Client.CloseAsync(5, "done");
        await pair.Server.Closed;

        (await server.ReadExactlyAsync(6, Cancel)).ShouldBe(" words"u8.ToArray());
        (await ShouldFailAsync(TransportError.Closed, async () => await server.ReadAsync(new byte[1], Cancel))).Code.ShouldBe(5UL);
    }

    [Fact(Timeout = Patience)]
    public async Task A_stream_disposed_without_its_end_is_a_reset_to_the_peer()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        var reading = client.ReadAsync(new byte[1], Cancel).AsTask();

        await client.DisposeAsync();

        await ShouldFailAsync(TransportError.Closed, () => reading);
        (await ShouldFailAsync(TransportError.StreamReset, async () => await server.ReadAsync(new byte[1], Cancel))).Code.ShouldBe(0UL);
    }

    [Fact(Timeout = Patience)]
    public async Task A_stream_disposed_after_its_end_is_delivered_whole()
    {
        await using var pair = await PairAsync();
        var (client, server) = await pair.OpenAsync(Cancel);
        var sent = TransportStreamExtensions.Bytes(500_000, seed: 3);

        await client.WriteAsync(sent, endStream: true, Cancel);
        await client.DisposeAsync();

        (await server.ReadToEndAsync(Cancel)).AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_listener_ends_accepting_and_its_connections()
    {
        await using var pair = await PairAsync();
        var accepting = new[] { pair.Listener.AcceptAsync(Cancel).AsTask(), pair.Listener.AcceptAsync(Cancel).AsTask() };

        await pair.Listener.DisposeAsync();

        foreach (var waiting in accepting)
            await ShouldFailAsync(TransportError.Closed, () => waiting);
        await ShouldFailAsync(TransportError.Closed, async () => await pair.Listener.AcceptAsync(Cancel));
        (await pair.Server.Closed).Kind.ShouldBe(TransportClosedBy.Local);
        (await pair.Client.Closed).Kind.ShouldBe(TransportClosedBy.Peer);
    }

    [Fact(Timeout = Patience)]
    public async Task Everything_may_be_disposed_twice()
    {
        await using var pair = await PairAsync();
        var (client, _) = await pair.OpenAsync(Cancel);
        for (var i = 0; i < 2; i++)
        {
            await client.DisposeAsync();
            client.Reset(1);
            await pair.Client.DisposeAsync();
            await pair.Listener.DisposeAsync();
            await Transport.DisposeAsync();
        }
        pair.Client.Closed.IsCompleted.ShouldBeTrue();
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Category", "Slow")]
    public async Task Disposal_in_the_middle_of_traffic_ends_every_call_and_leaves_nothing(int whose)
    {
        var pair = await PairAsync();
        var serving = Task.Run(async () =>
        {
            while (true)
                _ = EndsWell((await pair.Server.AcceptStreamAsync(Cancel)).EchoAsync(Cancel));
        }, Cancel);
        var started = new SemaphoreSlim(0);
        var talking = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            var stream = await pair.Client.OpenStreamAsync(Cancel);
            while (true)
            {
                await stream.WriteAsync(new byte[5_000], cancellationToken: Cancel);
                _ = await stream.ReadExactlyAsync(5_000, Cancel);
                started.Release();
            }
        }, Cancel)).ToArray();
        for (var i = 0; i < 40; i++)
            await started.WaitAsync(Cancel);

        await (whose switch { 0 => pair.Client.DisposeAsync(), 1 => pair.Listener.DisposeAsync(), _ => Transport.DisposeAsync() });

        foreach (var talk in talking)
            await ShouldFailAsync(TransportError.Closed, () => talk);
        await ShouldFailAsync(TransportError.Closed, () => serving);
        await pair.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Failed_calls_that_nobody_awaits_leave_no_unobserved_exception()
    {
        await using (var pair = await PairAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                await using var stream = await pair.Client.OpenStreamAsync(Cancel);
                await stream.WriteAsync(new byte[10], cancellationToken: Cancel);
            }
            await pair.Server.CloseAsync(1, "over");
            await pair.Client.Closed;
        }
        using (var impatience = new CancellationTokenSource())
        {
            var connecting = Transport.ConnectAsync(TransportPair.ConnectTo(await NobodyAsync()) with { HandshakeTimeout = TimeSpan.FromMilliseconds(200) }, impatience.Token);
            await impatience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => connecting);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Volatile.Read(ref s_unobserved).ShouldBe(0);
    }

    private static async Task EndsWell(Task echo)
    {
        try
        {
            await echo;
        }
        catch (TransportException e)
        {
            e.Error.ShouldBeOneOf(TransportError.Closed, TransportError.StreamReset);
        }
    }
}
