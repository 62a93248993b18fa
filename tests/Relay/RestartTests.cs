using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>What a relay that was stopped and started again still has: everything that it had accepted.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly TemporaryFolder _folder = new();
    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync() => _relay = await TestRelay.StartAsync(openLog: OpenLog);

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task Members_go_on_where_they_were()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].SendAsync("before");
        await members[1].CatchUpAsync();

        await RestartAsync(members);

        await members[0].SendAsync("behind");
        (await members[1].CatchUpAsync()).ShouldBe(["behind"]);
        (await members[2].CatchUpAsync()).ShouldBe(["before", "behind"]);
        await members[0].CatchUpAsync();
        await members[0].CommitAsync();
        await members[2].CatchUpAsync();
        await members[2].SendAsync("in the next epoch");
        (await members[0].CatchUpAsync()).ShouldBe(["in the next epoch"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_repeat_of_a_message_or_a_commit_is_known()
    {
        var members = await _relay.ChannelOfAsync(2);
        var id = TestAgent.NewMessageId();
        var ciphertext = members[0].Encrypt("once");
        SendMessage Message(RequestId request) => new(request, members[0].ChannelId, id, ciphertext);
        var first = await members[0].Connection.AskAsync<Accepted>(Message);
        await members[1].CatchUpAsync();
        using var pending = members[1].Commit();
        var commit = await members[1].Connection.AskAsync<Accepted>(members[1].RequestOf(pending));

        await RestartAsync(members);

        (await members[0].Connection.AskAsync<Accepted>(Message)).Sequence.ShouldBe(first.Sequence);
        (await members[1].Connection.AskAsync<Accepted>(members[1].RequestOf(pending))).Sequence.ShouldBe(commit.Sequence);
        (await _relay.ChannelOfAsync(members[0])).Last.ShouldBe(commit.Sequence);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_Welcome_that_was_not_acknowledged_waits_still()
    {
        var members = await _relay.ChannelOfAsync(1);
        var joiner = await _relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await members[0].AddAsync(joiner);

        await RestartAsync([members[0], joiner]);

        await joiner.JoinAsync();
        await joiner.SendAsync("here");
        (await members[0].CatchUpAsync()).ShouldBe(["here"]);
        await RestartAsync([members[0], joiner]);
        (await _relay.WelcomesWaitingForAsync(joiner)).ShouldBe(0);
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_and_ids_stay_taken()
    {
        var members = await _relay.ChannelOfAsync(1);

        await RestartAsync(members);

        var (creation, _) = members[0].NewCreation("org/team/room");
        await members[0].Connection.RefusedAsync(ErrorCode.ChannelNameTaken, TestAgent.RequestOf("org/team/room", creation));
    }

    private async Task RestartAsync(TestAgent[] agents)
    {
        foreach (var agent in agents)
            await agent.Connection.DisposeAsync();
        await _relay.RestartAsync();
        foreach (var agent in agents)
            await agent.ConnectAsync();
    }

    private IChannelLog OpenLog() => new EmbeddedChannelLog(_folder.File("channels"));
}
