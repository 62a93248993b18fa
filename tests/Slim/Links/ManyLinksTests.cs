using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>More links than one connection to the relay carries, and more than the proxy takes.</summary>
public sealed class ManyLinksTests
{
    private const int Timeout = 60_000;
    private const int ResourceExhausted = 8;

    [Fact(Timeout = Timeout)]
    public async Task Links_beyond_what_a_connection_carries_go_over_another()
    {
        await using var front = await TestFront.StartAsync(linksPerConnection: 2, maxLinks: 5);
        var owner = front.Relay.NewAgent();
        var links = new List<RawLink>();
        for (var i = 0ul; i < 5; i++)
        {
            links.Add(await front.OpenAsync(owner));
            (await links[^1].SubscribeAsync(Name("worker", i))).Success.ShouldBeTrue();
        }
        front.Connections.ShouldBe(3);
        for (var i = 0; i < 5; i++)
        {
            await links[i].PublishAsync(Name("worker", (ulong)i), Name("worker", (ulong)(i + 1) % 5), $"from {i}");
            (await links[(i + 1) % 5].NextTextAsync()).ShouldBe($"from {i}");
        }

        await using (var another = await front.CallAsync(owner))
            (await another.EndAsync()).ShouldBe((ResourceExhausted, "The proxy has 5 links, and takes no more."));

        // Whose place comes back, on the connection that has room.
        foreach (var left in links[1..4])
        {
            left.Finish();
            (await left.NextAsync()).ShouldBeNull();
            await left.DisposeAsync();
        }
        await using var next = await front.OpenAsync(owner);
        await next.PublishAsync(Name("next"), Name("worker", 0), "from the next");
        (await links[0].NextTextAsync()).ShouldBe("from the next");
        await links[0].DisposeAsync();
        await links[4].DisposeAsync();
    }
}
