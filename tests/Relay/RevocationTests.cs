using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Application.Nodes;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;

namespace Skytale.Relay.Tests;

/// <summary>Whoever's key, agent or account was revoked is out at once and comes in no more; nobody else notices.</summary>
public sealed class RevocationTests
{
    private const int Timeout = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Timeout)]
    [InlineData(RevokedKind.Key)]
    [InlineData(RevokedKind.Agent)]
    [InlineData(RevokedKind.Account)]
    public async Task A_live_connection_ends_and_no_other_is_let_in(RevokedKind kind)
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(3);
        var sameKey = relay.NewAgentBeside(members[1], ofTheSameKey: true);
        await sameKey.ConnectAsync();
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();

        relay.Revoked.Add(kind, SubjectOf(members[1], kind), relay.Time.GetUtcNow());
        await relay.RevokedCallers.FollowAsync(Cancel);
        await members[1].Connection.ClosedAsync(ErrorCode.Revoked);
        if (kind != RevokedKind.Agent)
            await sameKey.Connection.ClosedAsync(ErrorCode.Revoked);
        relay.Log.Lines.ShouldContain(line => line.Contains("revoked"));

        await RefusedAsync(relay, members[1]); // Its token is good for an hour still.
        await members[0].SendAsync("the others go on");
        (await members[2].CatchUpAsync()).ShouldBe(["the others go on"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_suspended_account_is_let_in_again_when_it_is_restored()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        relay.Revoked.Add(RevokedKind.Account, agent.Account.ToString(), relay.Time.GetUtcNow());
        await relay.RevokedCallers.FollowAsync(Cancel);
        await agent.Connection.ClosedAsync(ErrorCode.Revoked);
        await RefusedAsync(relay, agent);

        relay.Revoked.Add(RevokedKind.AccountRestored, agent.Account.ToString(), relay.Time.GetUtcNow());
        await relay.RevokedCallers.FollowAsync(Cancel);
        await agent.ConnectAsync();
        await agent.UploadAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_that_is_disconnected_comes_again_at_once_and_another_of_its_key_goes_on()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        var other = relay.NewAgentBeside(agent, ofTheSameKey: true);
        await other.ConnectAsync();
        relay.Revoked.Add(RevokedKind.AgentDisconnected, agent.Id.ToString(), relay.Time.GetUtcNow());
        await relay.RevokedCallers.FollowAsync(Cancel);
        await agent.Connection.ClosedAsync(ErrorCode.Unavailable);

        await agent.ConnectAsync();
        await relay.RevokedCallers.FollowAsync(Cancel);
        await agent.UploadAsync();
        await other.UploadAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_is_connected_is_known_with_account_and_key_and_whoever_has_gone_is_not()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        var there = relay.Live.All.ShouldHaveSingleItem();
        (there.Kind, there.AgentId, there.AccountId, there.KeyId, there.Since).ShouldBe((ConnectionKind.Agent, agent.Id, agent.Account, agent.Key, relay.Time.GetUtcNow()));
        await using (var linked = (await RelayLink.RelayConnection.OpenAsync(relay.Transport, agent.Dial(), Cancel)).Value)
        await using (new TestLink((await linked.OpenSlimLinkAsync(cancellationToken: Cancel)).Value))
        {
            relay.Live.All.Single(connection => connection.Kind == ConnectionKind.Link).ShouldSatisfyAllConditions(
                connection => connection.AgentId.ShouldBe(agent.Id), connection => connection.AccountId.ShouldBe(agent.Account), connection => connection.NodeId.ShouldBe(there.NodeId));
        }
        await agent.DisposeAsync();
        while (relay.Live.All.Count > 0)
            await Task.Delay(5, Cancel);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_revoked_while_the_relay_was_down_or_could_not_read_it_holds_from_its_start()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = relay.NewAgent();
        for (var i = 0; i < 2_500; i++) // More than one page.
            relay.Revoked.Add(RevokedKind.Key, $"another{i}", relay.Time.GetUtcNow());
        relay.Revoked.Add(RevokedKind.Key, agent.Key.ToString(), relay.Time.GetUtcNow());
        await relay.RestartAsync();
        await RefusedAsync(relay, agent);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_server_reads_the_list_within_two_seconds_and_goes_on_when_it_could_not_for_a_while()
    {
        await using var relay = await TestRelay.StartAsync();
        var agent = await relay.ConnectAgentAsync();
        using var host = new RevocationHost(relay.RevokedCallers, relay.Time, relay.Log);
        await host.StartAsync(Cancel);
        relay.Revoked.Failure = new InvalidOperationException("The database is away.");
        relay.Revoked.Add(RevokedKind.Key, agent.Key.ToString(), relay.Time.GetUtcNow());
        while (!relay.Log.Lines.Any(line => line.Contains("cannot be read")))
            await TickAsync(relay);
        await agent.UploadAsync(); // Nobody is put out for the database's sake.

        relay.Revoked.Failure = null;
        while (!agent.Connection.Transport.Closed.IsCompleted)
            await TickAsync(relay);
        await agent.Connection.ClosedAsync(ErrorCode.Revoked);
        RevokedCallers.Interval.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await host.StopAsync(Cancel);
    }

    private static async Task TickAsync(TestRelay relay)
    {
        relay.Time.Advance(RevokedCallers.Interval);
        await Task.Delay(5, Cancel);
    }

    private static async Task RefusedAsync(TestRelay relay, TestAgent agent)
    {
        await using var connection = await relay.DialAsync();
        var hello = agent.Hello();
        await connection.SendAsync(hello);
        await connection.SendAsync(agent.Prove(hello, await connection.ReadAsync<Challenge>(), connection.Transport));
        (await connection.ReadAsync<Refused>()).Code.ShouldBe(ErrorCode.Revoked);
        await connection.ClosedAsync(ErrorCode.Revoked);
    }

    private static string SubjectOf(TestAgent agent, RevokedKind kind) => kind switch
    {
        RevokedKind.Key => agent.Key.ToString(),
        RevokedKind.Agent => agent.Id.ToString(),
        _ => agent.Account.ToString(),
    };
}
