using Skytale.ChannelLogs.Memory;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>Bounds of docs/protocol/relay.md that no other class is about.</summary>
public sealed class BoundTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task So_many_handshakes_are_under_way_at_a_relay_and_no_more()
    {
        await using var relay = await TestRelay.StartAsync(pendingHandshakes: 2);
        var inside = await relay.ConnectAgentAsync();
        await using var first = await relay.DialAsync();
        await using var second = await relay.DialAsync();
        foreach (var connection in new[] { first, second })
        {
            await connection.SendAsync(relay.NewAgent().Hello());
            await connection.ReadAsync<Challenge>();
        }

        await using var third = await relay.DialAsync();
        await third.ClosedAsync(ErrorCode.Unavailable);
        await inside.UploadAsync();

        relay.Time.Advance(TimeSpan.FromSeconds(10));
        await first.ReadAsync<Refused>(); // Said when the place is free.
        await second.ReadAsync<Refused>();
        await relay.ConnectAgentAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task So_many_Welcomes_wait_for_an_agent_and_no_more()
    {
        await using var relay = await TestRelay.StartAsync(new ChannelLimits { WelcomesPerAgent = 1 });
        var owners = new[] { await relay.ConnectAgentAsync(), await relay.ConnectAgentAsync() };
        await owners[0].CreateChannelAsync("org/team/one");
        await owners[1].CreateChannelAsync("org/team/two");
        var invited = await relay.ConnectAgentAsync();
        await invited.UploadAsync();
        await invited.UploadAsync();

        await owners[0].AddAsync(invited);
        using var pending = owners[1].Commit(new Mls.Proposals.AddProposal(await owners[1].ClaimAsync(invited)));
        await owners[1].Connection.RefusedAsync(ErrorCode.LimitReached, owners[1].RequestOf(pending));

        await invited.JoinAsync(); // It waits no longer.
        while (await relay.WelcomesWaitingForAsync(invited) > 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await owners[1].Connection.AskAsync<Accepted>(owners[1].RequestOf(pending));
    }

    [Fact(Timeout = Timeout)]
    public async Task So_many_messages_of_a_connection_are_on_their_way_to_the_disk_and_no_more()
    {
        const int sent = 400;
        const int most = 256;
        var log = new FaultyChannelLog(new MemoryChannelLog());
        await using var relay = await TestRelay.StartAsync(openLog: () => log);
        var members = await relay.ChannelOfAsync(2);
        var before = log.Appends;
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        log.Slowness = slow.Task;

        for (uint i = 1; i <= sent; i++)
            await members[0].Connection.SendAsync(new SendMessage(new RequestId(1_000 + i), members[0].ChannelId, TestAgent.NewMessageId(), members[0].Encrypt($"{i}")));
        while (log.Appends < before + most)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++)
            await members[1].UploadAsync(); // Others are served; time enough for one more to be read.
        log.Appends.ShouldBeInRange(before + most, before + most + 2); // One that is waited for, and one that has just been carried out.

        log.Slowness = null;
        slow.SetResult();
        for (uint i = 1; i <= sent; i++)
            (await members[0].Connection.ReadAsync<Accepted>()).RequestId.ShouldBe(new RequestId(1_000 + i));
    }
}
