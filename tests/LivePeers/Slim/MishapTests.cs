using Skytale.LivePeers.Tests.Peers;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>What goes wrong for an application, and that it costs nothing else.</summary>
[Trait("Category", "Live")]
public sealed class MishapTests(DevelopmentServer server) : IClassFixture<DevelopmentServer>
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task An_absent_peer_costs_one_session()
    {
        await using var alice = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("alice"));
        await using var bob = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("bob"));
        var refused = await Should.ThrowAsync<PeerException>(alice.OpenAsync(PointToPointTests.Unique("nobody"), new SessionKind(MaxRetries: 2, Interval: 200)));
        refused.Message.ShouldContain("retries exhausted");

        var (listening, ours) = (bob.ListenAsync(), await alice.OpenAsync(bob.Name, new SessionKind()));
        await alice.PublishAsync(ours, "to one who is there");
        (await bob.ReceiveAsync(await listening)).Text.ShouldBe("to one who is there");
    }

    /// <summary>
    /// The proxy passes over what is longer than 4 MiB as it comes in. The real client tells its application nothing of that; in a
    /// reliable session it tries as often as it may, and the receiver waits for the missing number for ever: so it does at its own
    /// node. Everything else of the link and of the session goes on.
    /// </summary>
    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_is_too_long_is_refused_and_the_session_lives(bool isReliable)
    {
        await using var alice = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("alice"));
        await using var bob = await SlimApplication.ConnectAsync(server.Endpoint, PointToPointTests.Unique("bob"));
        var (listening, ours) = (bob.ListenAsync(), await alice.OpenAsync(bob.Name, new SessionKind(MaxRetries: isReliable ? 10 : null)));
        var theirs = await listening;

        await alice.PublishAsync(ours, 5_000_000);
        await server.Program.WaitForOutputAsync(line => line.Contains("was not taken, the link goes on", StringComparison.Ordinal));
        await bob.PublishAsync(theirs, "can you hear me?");
        (await alice.ReceiveAsync(ours)).Text.ShouldBe("can you hear me?");
        if (isReliable)
            return;
        await alice.PublishAsync(ours, "loud and clear");
        (await bob.ReceiveAsync(theirs)).Text.ShouldBe("loud and clear");
    }
}
