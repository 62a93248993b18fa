namespace Skytale.LivePeers.Tests.Slim;

[Trait("Category", "Live")]
public sealed class PointToPointTests(DevelopmentServer server) : IClassFixture<DevelopmentServer>
{
    private const int Patience = 120_000;

    public static TheoryData<bool, bool> Kinds => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Kinds))]
    public async Task Two_applications_talk_in_messages_of_any_size(bool isReliable, bool mls)
    {
        var kind = new SessionKind(mls, isReliable ? 10 : null);
        await using var alice = await SlimApplication.ConnectAsync(server.Endpoint, Unique("alice"));
        await using var bob = await SlimApplication.ConnectAsync(server.Endpoint, Unique("bob"));
        var (theirs, ours) = (alice.ListenAsync(), await bob.OpenAsync(alice.Name, kind));

        await bob.PublishAsync(ours, "hello", "text/plain", new() { ["k"] = "v" });
        var got = await alice.ReceiveAsync(await theirs);
        (got.Text, got.Type, got.Source).ShouldBe(("hello", "text/plain", bob.Name));
        got.Metadata.ShouldContainKeyAndValue("k", "v");

        // The client takes messages of 4 MiB at most, and its MLS pads what is above seven eighths of that to all of it.
        foreach (var size in new[] { 1, 1000, 16_384, 1_000_000, mls ? 3_600_000 : 4_000_000 })
        {
            var sent = await bob.PublishAsync(ours, size);
            (await alice.ReceiveAsync(await theirs)).Sha256.ShouldBe(sent, $"{size} bytes, {kind}");
            var back = await alice.PublishAsync(await theirs, size);
            (await bob.ReceiveAsync(ours)).Sha256.ShouldBe(back, $"{size} bytes back, {kind}");
        }
    }

    internal static string Unique(string application) => $"org/ns/{application}-{Guid.NewGuid():n}";
}
