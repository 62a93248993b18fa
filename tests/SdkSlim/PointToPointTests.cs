using System.Text;
using Skytale.Sdk.Slim;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class PointToPointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 20_000)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Two_agents_talk_in_both_directions(bool reliable, bool encrypted)
    {
        await using var parties = new Parties();
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");

        var atBob = await bob.ConnectAsync("org/ns/alice", new SlimSessionOptions { Reliable = reliable, Encrypted = encrypted, Metadata = new Dictionary<string, string> { ["why"] = "test" } }, Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);
        for (var i = 0; i < 5; i++)
        {
            await atBob.SendAsync(Encoding.UTF8.GetBytes($"question {i}"), "text/plain", new Dictionary<string, string> { ["k"] = "v" }, Cancelled);
            var question = await atAlice.ReceiveAsync(Cancelled);
            Encoding.UTF8.GetString(question.Payload.Span).ShouldBe($"question {i}");
            (question.PayloadType, question.Metadata["k"], question.From).ShouldBe(("text/plain", "v", bob.Name));
            await atAlice.SendAsync(Encoding.UTF8.GetBytes($"answer {i}"), cancellationToken: Cancelled);
            Encoding.UTF8.GetString((await atBob.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe($"answer {i}");
        }

        (atAlice.IsReliable, atAlice.IsEncrypted, atAlice.IsGroup, atAlice.IsModerator, atBob.IsModerator).ShouldBe((reliable, encrypted, false, false, true));
        atAlice.Metadata["why"].ShouldBe("test");
        await atBob.CloseAsync(Cancelled);
        (await atAlice.Closed.WaitAsync(Cancelled)).ShouldContain("moderator");
        (await Should.ThrowAsync<SlimException>(async () => await atAlice.ReceiveAsync(Cancelled))).Error.ShouldBe(SlimError.SessionClosed);
        (await Should.ThrowAsync<SlimException>(() => atAlice.SendAsync("too late"u8.ToArray(), cancellationToken: Cancelled))).Error.ShouldBe(SlimError.SessionClosed);
    }
}
