using Skytale.Accounts;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>A token whose scopes do not have a verb for a channel or name gets none of what the verb is for, and all of the rest.</summary>
public sealed class ScopeTests
{
    private const int Timeout = 60_000;
    private const string Room = "org/team/room";

    [Fact(Timeout = Timeout)]
    public async Task Channels_are_created_under_the_names_of_the_pattern_alone()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await ConnectAsync(relay, "create:org/team/room");
        await RefusedAsync(agent, "org/team/other");
        await agent.CreateChannelAsync(Room);
        await RefusedAsync(await ConnectAsync(relay, "send:* receive:* manage:* register:*"), "org/team/third");

        static async Task RefusedAsync(TestAgent agent, string name)
        {
            var (creation, _) = agent.NewCreation(name);
            await agent.Connection.RefusedAsync(ErrorCode.OutOfScope, TestAgent.RequestOf(name, creation));
        }
    }

    [Theory(Timeout = Timeout)]
    [InlineData("send:org/team/room", true)]
    [InlineData("send:org/team/other receive:* manage:*", false)]
    public async Task Messages_are_sent_where_the_scopes_have_send(string scopes, bool allowed)
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await MemberAsync(relay, scopes);
        var ciphertext = agent.Encrypt("words");
        var answer = await agent.Connection.AskAsync(request => new SendMessage(request, agent.ChannelId, TestAgent.NewMessageId(), ciphertext));
        ((answer as Refused)?.Code).ShouldBe(allowed ? null : ErrorCode.OutOfScope);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("receive:org/*/*", true)]
    [InlineData("send:* manage:* create:*", false)]
    public async Task Channels_are_followed_where_the_scopes_have_receive(string scopes, bool allowed)
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await MemberAsync(relay, scopes);
        var delivery = await agent.SubscribeAsync();
        using var bundle = agent.NewBundle();
        var expected = allowed ? null : (ErrorCode?)ErrorCode.OutOfScope;
        ((await delivery.NextAsync() as Refused)?.Code).ShouldBe(expected);
        foreach (var request in new Func<RequestId, RequestFrame>[] { id => new GetGroupInfo(id, agent.ChannelId), TestAgent.UploadOf(bundle) })
            ((await agent.Connection.AskAsync(request) as Refused)?.Code).ShouldBe(expected);
        if (!allowed)
            await agent.Connection.RefusedAsync(ErrorCode.OutOfScope, id => new Applied(id, agent.ChannelId, 0, new byte[32]));
    }

    [Fact(Timeout = Timeout)]
    public async Task Members_are_added_and_removed_with_manage_alone_and_keys_are_renewed_with_any_verb()
    {
        await using var relay = await TestRelay.StartAsync();
        var other = await relay.ConnectAgentAsync();
        await other.UploadAsync();
        var agent = await MemberAsync(relay, "send:* receive:*");
        await agent.Connection.RefusedAsync(ErrorCode.OutOfScope, id => new AddMember(id, agent.ChannelId, other.Id));
        using (var bundle = other.NewBundle())
        using (var pending = agent.Commit(new AddProposal(bundle.KeyPackage)))
            await agent.Connection.RefusedAsync(ErrorCode.OutOfScope, agent.RequestOf(pending));
        await agent.CommitAsync();

        agent.Scopes = ScopeSet.Parse("manage:org/team/room");
        await agent.ConnectAsync();
        await agent.AddAsync(other);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_Welcome_waits_for_a_connection_that_may_follow_its_channel()
    {
        await using var relay = await TestRelay.StartAsync();
        var creator = await relay.ConnectAgentAsync();
        await creator.CreateChannelAsync(Room);
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        joiner.Scopes = ScopeSet.Parse("receive:org/other/*");
        await joiner.ConnectAsync();
        await creator.AddAsync(joiner);
        // Acknowledging what it was not shown has no answer and no effect.
        await joiner.Connection.SendAsync(new AcknowledgeWelcome(creator.ChannelId, creator.Position));
        await joiner.Connection.RefusedAsync(ErrorCode.OutOfScope, id => new GetGroupInfo(id, creator.ChannelId));
        joiner.Connection.UnreadWelcomes.ShouldBe(0);
        (await relay.WelcomesWaitingForAsync(joiner)).ShouldBe(1);

        joiner.Scopes = ScopeSet.Parse("receive:org/team/*");
        await joiner.ConnectAsync();
        await joiner.JoinAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_SLIM_link_subscribes_and_writes_to_the_names_of_its_scopes_alone()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var proxy = await TestProxy.ConnectAsync(relay);
        var (mine, group, other) = (TestLink.Name("mine"), TestLink.Name("group"), TestLink.Name("other"));
        await using var listener = await (await proxy.OpenAsync(relay.NewAgent())).SubscribeAsync(group);
        var agent = relay.NewAgent();
        agent.Scopes = ScopeSet.Parse("receive:org/ns/mine send:org/ns/group");
        await using var link = await proxy.OpenAsync(agent);
        await link.SubscribeAsync(mine);
        await link.RefusedAsync(ErrorCode.OutOfScope, other, id: 2);
        await link.RefusedAsync(ErrorCode.OutOfScope, mine, subscriber: other, id: 3);
        await link.PublishAsync(mine, group, "allowed");
        (await listener.NextTextAsync()).ShouldBe("allowed");

        foreach (var (source, destination) in new[] { (mine, other), (other, group) })
        {
            await using var bad = await proxy.OpenAsync(agent);
            await bad.PublishAsync(source, destination, "not allowed");
            await bad.EndedAsync(ErrorCode.OutOfScope);
        }
        await link.PublishAsync(mine, group, "again");
        (await listener.NextTextAsync()).ShouldBe("again");
    }

    /// <summary>An agent whose token has these scopes, connected.</summary>
    private static async Task<TestAgent> ConnectAsync(TestRelay relay, string scopes)
    {
        var agent = relay.NewAgent();
        agent.Scopes = ScopeSet.Parse(scopes);
        await agent.ConnectAsync();
        return agent;
    }

    /// <summary>The creator of a channel, connected anew with a token of these scopes.</summary>
    private static async Task<TestAgent> MemberAsync(TestRelay relay, string scopes)
    {
        var agent = await relay.ConnectAgentAsync();
        await agent.CreateChannelAsync(Room);
        agent.Scopes = ScopeSet.Parse(scopes);
        await agent.ConnectAsync();
        return agent;
    }
}
