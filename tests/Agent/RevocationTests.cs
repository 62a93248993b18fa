using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>From the API's revocation to the agent that is out.</summary>
[Trait("Category", "Slow")]
public sealed class RevocationTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_revoked_key_ends_its_agents_connection_and_a_new_key_brings_the_agent_back_with_nothing_lost()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var bob = await world.CreateAgentAsync("bob");
        await using (alice)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await world.RevokeKeyAsync();
            while (alice.Connection is not null)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            var refused = await Should.ThrowAsync<SkytaleException>(() => world.ConnectAsync(bob));
            (refused.Error, refused.Refusal).ShouldBe((SkytaleError.NotAuthenticated, ErrorCode.InvalidCredentials));

            await world.UseNewKeyAsync();
            await channel.SendAsync("back").Soon();
        }
    }
}
