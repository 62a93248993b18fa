namespace Skytale.LivePeers.Tests.Slim;

/// <summary>Two proxies on one relay: whoever is at one talks with whoever is at the other.</summary>
[Trait("Category", "Live")]
[Collection(typeof(OneDeployment))]
public sealed class TwoProxiesTests(Deployment deployment)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_group_has_members_at_both_proxies()
    {
        await using var moderator = await deployment.ConnectAsync(deployment.Endpoint, "moderator");
        await using var alice = await deployment.ConnectAsync(deployment.Endpoint, "alice");
        await using var bob = await deployment.ConnectAsync(deployment.Second.Endpoint, "bob");
        await using var carol = await deployment.ConnectAsync(deployment.Second.Endpoint, "carol");
        await GroupLife.RunAsync(deployment.Unique("room"), new SessionKind(Mls: true), moderator, alice, bob, carol);
    }
}
