using System.Collections.Concurrent;
using Skytale.Conformance.Memory;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.RelayLink;

namespace Skytale.Relay.Tests;

/// <summary>A relay that is to stop lets nobody in and serves whom it has; they find another, and leave it only then.</summary>
public sealed class GoAwayTests
{
    private const int Timeout = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Whoever_is_connected_is_told_and_served_on_and_nobody_else_is_let_in()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        relay.Server.SendAway(TimeSpan.FromSeconds(30));
        (await agent.Connection.ReadAsync<GoAway>()).Milliseconds.ShouldBe(30_000);
        await agent.UploadAsync();

        await using var late = await relay.DialAsync();
        await late.ClosedAsync(ErrorCode.Unavailable);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_stays_until_another_relay_has_let_it_in()
    {
        var network = new MemoryNetwork();
        await using var first = await TestRelay.StartAsync(transport: new MemoryTransport(network));
        await using var second = await TestRelay.StartAsync(transport: new MemoryTransport(network));
        var (here, there) = (first.NewAgent(), second.NewAgent());
        var isThere = false;
        var failures = new ConcurrentQueue<Exception>();
        await using var link = new RelayLink.RelayLink(
            first.Transport, _ => Task.FromResult(Volatile.Read(ref isThere) ? there.Dial() : here.Dial()), (_, ended) => Task.Delay(System.Threading.Timeout.Infinite, ended), failures.Enqueue);
        (await link.StartAsync(Cancel)).ShouldBeNull();
        var old = await link.ConnectionAsync(Cancel);

        first.Server.SendAway(TimeSpan.FromMilliseconds(100));
        while (failures.Count < 2) // It tries, and there is no other yet.
            await Task.Delay(5, Cancel);
        (await link.ConnectionAsync(Cancel)).ShouldBeSameAs(old);
        await AnsweredAsync(old);

        Volatile.Write(ref isThere, true);
        await old.Closed.WaitAsync(Cancel);
        var next = await link.ConnectionAsync(Cancel);
        next.RemoteEndPoint.ShouldBe(second.Server.LocalEndPoint);
        await AnsweredAsync(next);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_is_disposed_while_it_looks_for_another_relay_leaves_nothing()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = relay.NewAgent();
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new RelayLink.RelayLink(
            relay.Transport, _ => Task.FromResult(agent.Dial()), (_, ended) => Task.Delay(System.Threading.Timeout.Infinite, ended), _ => tried.TrySetResult());
        (await link.StartAsync(Cancel)).ShouldBeNull();
        relay.Server.SendAway(TimeSpan.Zero);
        await tried.Task.WaitAsync(Cancel);
        await link.DisposeAsync();
        while (relay.Live.All.Count > 0)
            await Task.Delay(5, Cancel);
    }

    private static async Task AnsweredAsync(RelayConnection connection) =>
        (await connection.RequestAsync<CurrentGroupInfo>(id => new GetGroupInfo(id, new ChannelId(new byte[32])), Cancel)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.UnknownChannel);
}
