using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;

namespace Skytale.Relay.Tests;

/// <summary>What one address, account and key may ask of a relay, and that the others are served meanwhile.</summary>
public sealed class RateTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task A_key_that_asks_too_often_is_refused_for_a_moment_and_other_keys_are_not()
    {
        await using var relay = await TestRelay.StartAsync(rates: new RelayRates { KeyPerSecond = 3 });
        var agent = await relay.ConnectAgentAsync();
        var sameKey = relay.NewAgentBeside(agent, ofTheSameKey: true);
        var otherKey = relay.NewAgentBeside(agent, ofTheSameKey: false);
        await sameKey.ConnectAsync();
        await otherKey.ConnectAsync();
        await agent.UploadAsync();
        await agent.UploadAsync();
        await sameKey.UploadAsync();

        await RefusedAsync(agent);
        await RefusedAsync(sameKey);
        await otherKey.UploadAsync();

        relay.Time.Advance(TimeSpan.FromSeconds(1));
        await agent.UploadAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_that_asks_too_often_by_several_keys_is_refused_and_other_accounts_are_not()
    {
        await using var relay = await TestRelay.StartAsync(rates: new RelayRates { AccountPerSecond = 2 });
        var agent = await relay.ConnectAgentAsync();
        var otherKey = relay.NewAgentBeside(agent, ofTheSameKey: false);
        await otherKey.ConnectAsync();
        var other = await relay.ConnectAgentAsync();
        await agent.UploadAsync();
        await otherKey.UploadAsync();

        await RefusedAsync(agent);
        await other.UploadAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_address_that_asks_too_often_is_refused_whoever_it_is_and_so_are_its_handshakes()
    {
        await using var relay = await TestRelay.StartAsync(rates: new RelayRates { AddressPerSecond = 4 });
        var agent = await relay.ConnectAgentAsync();
        var other = await relay.ConnectAgentAsync();
        await agent.UploadAsync();
        await other.UploadAsync();

        await RefusedAsync(agent);
        await using var turnedAway = await relay.DialAsync();
        await turnedAway.ClosedAsync(ErrorCode.RateLimited);

        relay.Time.Advance(TimeSpan.FromSeconds(1));
        await relay.ConnectAgentAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_subscription_is_a_request()
    {
        await using var relay = await TestRelay.StartAsync(rates: new RelayRates { KeyPerSecond = 1 });
        var agent = await relay.ConnectAgentAsync();
        await agent.CreateChannelAsync("org/team/room");
        var delivery = await agent.SubscribeAsync();
        (await delivery.NextAsync<Refused>()).Code.ShouldBe(ErrorCode.RateLimited);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TransportKind.Memory)]
    [InlineData(TransportKind.Tls)]
    public async Task One_address_has_its_share_of_the_handshakes_under_way_and_places_come_back(TransportKind kind)
    {
        await using var relay = await TestRelay.StartAsync(
            transport: kind == TransportKind.Memory ? null : RelayTransport.Create([kind]), rates: new RelayRates { HandshakesPerAddress = 2 });
        await using var first = await relay.DialAsync();
        await using var second = await relay.DialAsync();
        await first.SendAsync(relay.NewAgent().Hello());
        await second.SendAsync(relay.NewAgent().Hello());
        await first.ReadAsync<Challenge>();
        await second.ReadAsync<Challenge>();

        await using var third = await relay.DialAsync();
        await third.ClosedAsync(ErrorCode.RateLimited);

        relay.Time.Advance(TimeSpan.FromSeconds(10));
        await first.ReadAsync<Refused>();
        await first.ClosedAsync(ErrorCode.HandshakeTimeout);
        await relay.ConnectAgentAsync();
    }

    private static async Task RefusedAsync(TestAgent agent)
    {
        using var bundle = agent.NewBundle();
        await agent.Connection.RefusedAsync(ErrorCode.RateLimited, TestAgent.UploadOf(bundle));
    }
}
