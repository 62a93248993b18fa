namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A proxy that goes and comes back in the middle of sessions.</summary>
[Trait("Category", "Live")]
[Collection(typeof(OneDeployment))]
public sealed class RestartTests(Deployment deployment)
{
    private const int Timeout = 120_000;

    /// <summary>
    /// The real client gives up what it is to send while its own link is down, and tells nobody; when the next message shows the
    /// receiver the gap, it sends all of it again.
    /// </summary>
    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_proxy_costs_a_reliable_session_nothing(bool mls)
    {
        await using var alice = await deployment.ConnectAsync(deployment.Endpoint, "alice");
        await using var bob = await deployment.ConnectAsync(deployment.Second.Endpoint, "bob");
        var (listening, ours) = (alice.ListenAsync(), await bob.OpenAsync(alice.Name, new SessionKind(mls, MaxRetries: 60)));
        var theirs = await listening;
        var words = Enumerable.Range(1, 40).Select(number => $"message {number}").ToArray();

        var sent = PublishAllAsync(bob, ours, words);
        await HearAsync(alice, theirs, words[..5]);
        await deployment.Second.KillAsync();
        await sent;
        await deployment.Second.RestartAsync();
        await PublishAllAsync(alice, theirs, "are you back?");
        await HearAsync(bob, ours, "are you back?");
        await PublishAllAsync(bob, ours, "I am");
        await HearAsync(alice, theirs, [.. words[5..], "I am"]);

        sent = PublishAllAsync(alice, theirs, words);
        await HearAsync(bob, ours, words[..5]);
        await deployment.Second.KillAsync();
        await deployment.Second.RestartAsync();
        await HearAsync(bob, ours, words[5..]);
        await sent;
    }

    /// <summary>Nobody sends again in an unreliable session: what comes had waited at the relay.</summary>
    [Fact(Timeout = Timeout)]
    public async Task What_is_sent_to_an_application_that_is_away_waits_for_it()
    {
        await using var alice = await deployment.ConnectAsync(deployment.Endpoint, "alice");
        await using var bob = await deployment.ConnectAsync(deployment.Second.Endpoint, "bob");
        var (listening, ours) = (bob.ListenAsync(), await alice.OpenAsync(bob.Name, new SessionKind(MaxRetries: null)));
        var theirs = await listening;
        await PublishAllAsync(alice, ours, "before");
        await HearAsync(bob, theirs, "before");

        await deployment.Second.StopAsync();
        var words = Enumerable.Range(1, 40).Select(number => $"message {number}").ToArray();
        await PublishAllAsync(alice, ours, words);
        await deployment.Second.RestartAsync();
        await HearAsync(bob, theirs, words);
    }

    private static async Task PublishAllAsync(SlimApplication from, int session, params string[] words)
    {
        foreach (var word in words)
            await from.PublishAsync(session, word);
    }

    /// <summary>All of them, each once and in their order.</summary>
    private static async Task HearAsync(SlimApplication by, int session, params string[] words)
    {
        foreach (var word in words)
            (await by.ReceiveAsync(session)).Text.ShouldBe(word);
    }
}
