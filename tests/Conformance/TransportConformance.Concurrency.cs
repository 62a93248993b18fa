using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    [Fact(Timeout = Patience)]
    public async Task A_connection_may_be_used_and_ended_by_many_at_once()
    {
        const int callers = 16;
        const int each = 10;
        await using var pair = await PairAsync();

        // Many open and many accept, on one connection, and every stream is given once.
        var opening = Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            for (var j = 0; j < each; j++)
            {
                await using var stream = await pair.Client.OpenStreamAsync(Cancel);
                await stream.WriteAsync(BitConverter.GetBytes(i * each + j), endStream: true, Cancel);
                (await stream.ReadToEndAsync(Cancel)).Length.ShouldBe(sizeof(int));
            }
        }, Cancel)).ToArray();
        var seen = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var numbers = new List<int>();
            for (var j = 0; j < each; j++)
            {
                await using var stream = await pair.Server.AcceptStreamAsync(Cancel);
                var bytes = await stream.ReadToEndAsync(Cancel);
                await stream.WriteAsync(bytes, endStream: true, Cancel);
                numbers.Add(BitConverter.ToInt32(bytes));
            }
            return numbers;
        }, Cancel)));
        await Task.WhenAll(opening);
        seen.SelectMany(numbers => numbers).Order().ShouldBe(Enumerable.Range(0, callers * each));

        // And it ends once, whoever ends it.
        ITransportConnection[] ends = [pair.Client, pair.Server];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(() => ends[i % 2].CloseAsync((ulong)i, "").AsTask(), Cancel)));
        IAsyncDisposable[] owners = [pair.Listener, Transport];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(() => owners[i % 2].DisposeAsync().AsTask(), Cancel)));
        foreach (var end in ends)
            (await end.Closed).Code.ShouldBeLessThan((ulong)callers);
    }

    [Fact(Timeout = Patience)]
    public async Task A_listener_gives_each_connection_to_one_of_those_who_wait()
    {
        await using var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        var accepting = Enumerable.Range(0, 8).Select(_ => listener.AcceptAsync(Cancel).AsTask()).ToArray();
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Transport.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel), Cancel)));

        var servers = await Task.WhenAll(accepting);

        servers.Distinct().Count().ShouldBe(8);
        for (var i = 0; i < 8; i++)
            await clients[i].CloseAsync((ulong)i, "");
        (await Task.WhenAll(servers.Select(server => server.Closed))).Select(closed => closed.Code).Order().ShouldBe(Enumerable.Range(0, 8).Select(i => (ulong)i));
    }
}
