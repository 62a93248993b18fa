using Microsoft.Extensions.Logging;
using Skytale.Protocol.Transport;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What an agent's connection goes over, by choice and by need, and that the agent says so.</summary>
public sealed class TransportChoiceTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(TransportChoice.Auto, TransportKind.Quic)]
    [InlineData(TransportChoice.Quic, TransportKind.Quic)]
    [InlineData(TransportChoice.Tls, TransportKind.Tls)]
    public async Task The_choice_decides_and_the_agent_says_what_it_uses(TransportChoice choice, TransportKind kind)
    {
        await using var world = await World.StartAsync();
        using var said = new Said();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(said));

        await using var agent = await world.ConnectAsync(await world.CreateAgentAsync("alice"), choice, logging);

        var connection = agent.Connection.ShouldNotBeNull();
        (connection.Relay, connection.Transport).ShouldBe(("localhost", kind));
        said.Lines.ShouldContain($"Connected to localhost at {connection.EndPoint} over {kind.InWords()}");
    }

    [Fact(Timeout = 120_000)]
    [Trait("Category", "Slow")]
    public async Task An_agent_comes_back_over_TLS_when_that_is_all_there_is_and_over_QUIC_at_a_relay_that_has_it()
    {
        await using var world = await World.StartAsync();
        await using var agent = await world.ConnectAsync(await world.CreateAgentAsync("alice"));

        await world.RestartServerAsync("--Relay:Transports=tls");
        await UntilAsync(agent, TransportKind.Tls);
        (await agent.CreateChannelAsync($"{world.Org}/test/tls", TestContext.Current.CancellationToken)).Members.Count.ShouldBe(1);

        await world.RestartServerAsync();
        await UntilAsync(agent, TransportKind.Quic);
    }

    /// <summary>The test's timeout is the limit.</summary>
    private static async Task UntilAsync(SkytaleAgent agent, TransportKind kind)
    {
        while (agent.Connection?.Transport != kind)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
