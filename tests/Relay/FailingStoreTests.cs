using Skytale.ChannelLogs.Memory;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>A disk that is full or fails: the relay accepts nothing, loses nothing, and goes on by itself when it is well again.</summary>
public sealed class FailingStoreTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly FaultyChannelLog _log = new(new MemoryChannelLog());
    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync() => _relay = await TestRelay.StartAsync(openLog: () => _log);

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    [Theory(Timeout = Timeout)]
    [InlineData(Fault.BeforeWriting)]
    [InlineData(Fault.AfterWriting)]
    [InlineData(Fault.Everything)]
    public async Task A_message_is_refused_while_the_store_fails_and_stands_once_when_it_is_sent_again(Fault fault)
    {
        var members = await _relay.ChannelOfAsync(2);
        var before = await members[0].SendAsync("before");
        var id = TestAgent.NewMessageId();
        var ciphertext = members[0].Encrypt("once");
        SendMessage Message(RequestId request) => new(request, members[0].ChannelId, id, ciphertext);

        _log.Fault = fault;
        await members[0].Connection.RefusedAsync(ErrorCode.Unavailable, Message);
        await members[0].Connection.RefusedAsync(ErrorCode.Unavailable, request => new SendMessage(request, members[0].ChannelId, TestAgent.NewMessageId(), members[0].Encrypt("another")));
        _log.Fault = Fault.None;

        var accepted = (await members[0].Connection.AskAsync<Accepted>(Message)).Sequence;
        accepted.ShouldBeGreaterThan(before);
        (await members[0].Connection.AskAsync<Accepted>(Message)).Sequence.ShouldBe(accepted);
        (await members[1].CatchUpAsync()).Count(text => text == "once").ShouldBe(1);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(Fault.BeforeWriting)]
    [InlineData(Fault.AfterWriting)]
    [InlineData(Fault.Everything)]
    public async Task A_commit_is_refused_while_the_store_fails_and_stands_once_when_it_is_sent_again(Fault fault)
    {
        var members = await _relay.ChannelOfAsync(2);
        using var pending = members[0].Commit();

        _log.Fault = fault;
        await members[0].Connection.RefusedAsync(ErrorCode.Unavailable, members[0].RequestOf(pending));
        _log.Fault = Fault.None;

        var accepted = (await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(pending))).Sequence;
        (await members[0].Connection.AskAsync<Accepted>(members[0].RequestOf(pending))).Sequence.ShouldBe(accepted);
        (await _relay.ChannelOfAsync(members[0])).Last.ShouldBe(accepted);
        await members[1].CatchUpAsync();
        await members[1].SendAsync("in the next epoch");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(Fault.BeforeWriting)]
    [InlineData(Fault.AfterWriting)]
    [InlineData(Fault.Everything)]
    public async Task A_creation_is_refused_while_the_store_fails_and_stands_when_it_is_asked_for_again(Fault fault)
    {
        var agent = await _relay.ConnectAgentAsync();
        var (creation, _) = agent.NewCreation("org/team/room");

        _log.Fault = fault;
        await agent.Connection.RefusedAsync(ErrorCode.Unavailable, TestAgent.RequestOf("org/team/room", creation));
        _log.Fault = Fault.None;

        var created = await agent.Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf("org/team/room", creation));
        (await _log.LoadAsync(created.ChannelId)).ShouldNotBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task What_another_writer_has_put_into_the_log_costs_nobody_an_answer()
    {
        var members = await _relay.ChannelOfAsync(3);
        await members[0].SendAsync("before");
        var there = await PutByAnotherAsync(members[2], "from elsewhere");

        (await members[0].SendAsync("behind it")).ShouldBe(there.Next);

        there = await PutByAnotherAsync(members[2], "from elsewhere again");
        for (uint i = 0; i < 2; i++)
            await members[0].Connection.SendAsync(MessageOf(members[0], new RequestId(1_000 + i)));
        var places = new List<Sequence>();
        for (uint i = 0; i < 2; i++)
        {
            var accepted = await members[0].Connection.ReadAsync<Accepted>();
            accepted.RequestId.ShouldBe(new RequestId(1_000 + i));
            places.Add(accepted.Sequence);
        }
        places.ShouldBe([there.Next, there.Next.Next], ignoreOrder: true);

        await members[1].CatchUpAsync();
        there = await PutByAnotherAsync(members[2], "and again");
        (await members[1].CommitAsync()).ShouldBe(there.Next);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_failure_that_comes_when_the_sender_is_gone_is_nobodys()
    {
        var members = await _relay.ChannelOfAsync(2);
        var slow = new TaskCompletionSource();
        _log.Slowness = slow.Task;
        var appends = _log.Appends;
        for (uint i = 0; i < 10; i++)
            await members[0].Connection.SendAsync(MessageOf(members[0], new RequestId(1_000 + i)));
        while (_log.Appends < appends + 10)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await members[0].Connection.DisposeAsync();
        (_log.Fault, _log.Slowness) = (Fault.AfterWriting, null);
        slow.SetResult();
        while (_log.Failures < 10)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        _log.Fault = Fault.None;

        // That nobody is left with a failure that nobody looks at, UnobservedExceptions sees.
        await members[0].ConnectAsync();
        await members[0].SendAsync("here again");
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_is_being_delivered_to_is_delivered_the_rest_when_the_store_is_well_again()
    {
        var members = await _relay.ChannelOfAsync(2);
        await using var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();

        _log.Fault = Fault.Everything;
        await members[0].Connection.RefusedAsync(ErrorCode.Unavailable, request => new SendMessage(request, members[0].ChannelId, TestAgent.NewMessageId(), members[0].Encrypt("lost")));
        _log.Fault = Fault.None;

        await members[0].SendAsync("behind");
        members[1].Read(await delivery.NextAsync<DeliverMessage>()).ShouldBe("behind");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_that_connects_while_the_store_fails_stays_and_gets_its_Welcome_later()
    {
        var members = await _relay.ChannelOfAsync(1);
        var joiner = await _relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await joiner.Connection.DisposeAsync();
        await members[0].AddAsync(joiner);

        _log.Fault = Fault.Everything;
        await joiner.ConnectAsync();
        await joiner.UploadAsync();
        _log.Fault = Fault.None;

        await joiner.JoinAsync();
        await joiner.SendAsync("here");
        (await members[0].CatchUpAsync()).ShouldBe(["here"]);
    }

    /// <summary>As another relay on the same log would.</summary>
    private async Task<Sequence> PutByAnotherAsync(TestAgent sender, string text)
    {
        var (place, id) = ((await _relay.ChannelOfAsync(sender)).Last.Next, TestAgent.NewMessageId());
        var frame = FrameCodec.Encode(new DeliverMessage(sender.ChannelId, place, id, sender.Encrypt(text)));
        await _log.AppendAsync(sender.ChannelId, new MessageEntry(place, sender.Group.Epoch, sender.Id, _relay.Time.GetUtcNow(), id, frame));
        return place;
    }

    private static SendMessage MessageOf(TestAgent sender, RequestId request) => new(request, sender.ChannelId, TestAgent.NewMessageId(), sender.Encrypt("text"));
}
