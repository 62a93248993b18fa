namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A moderator invites three members one after the other, and removes one.</summary>
[Trait("Category", "Live")]
public sealed class GroupTests(DevelopmentServer server) : IClassFixture<DevelopmentServer>
{
    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everybody_in_a_group_hears_everybody_and_who_is_removed_hears_no_more(bool mls)
    {
        await using var moderator = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("moderator"));
        await using var alice = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("alice"));
        await using var bob = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("bob"));
        await using var carol = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("carol"));
        await GroupLife.RunAsync(PointToPointTests.Unique("room"), new SessionKind(mls), moderator, alice, bob, carol);
    }
}
