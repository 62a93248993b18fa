using Skytale.Protocol.Envelopes;
using Skytale.Relay.Tests.Kit;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>Applications that read slowly or not at all, and what that is to others.</summary>
public sealed class SlowReaderTests
{
    private const int Timeout = 60_000;
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Who_reads_a_large_message_slowly_has_time_for_all_of_it()
    {
        var patience = TimeSpan.FromSeconds(30);
        var time = new WaitedTime(patience);
        await using var front = await TestFront.StartAsync(time: time);
        var owner = front.Relay.NewAgent();
        await using var alice = await front.OpenAsync(owner);
        await using var bob = await front.OpenAsync(owner);
        (await bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
        await alice.PublishAsync(s_alice, s_bob, new string('x', 4_000_000));

        // Each time that the proxy waits anew most of its patience passes; then a little is read.
        await time.WaitingAsync(Cancel);
        var (read, passed) = (0, TimeSpan.Zero);
        while (read < 4_000_000)
        {
            if (time.IsWaitedAnew)
            {
                time.Advance(patience * 0.8);
                passed += patience * 0.8;
            }
            read += await bob.ReadSomeAsync(64 << 10);
        }
        passed.ShouldBeGreaterThan(patience);
        front.Lines.ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task Links_that_are_not_read_leave_the_others_of_their_connection_room()
    {
        await using var front = await TestFront.StartAsync(linksPerConnection: 6);
        var owner = front.Relay.NewAgent();
        await using var alice = await front.OpenAsync(owner);
        await using var bob = await front.OpenAsync(owner);
        (await bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
        var deaf = new List<RawLink>();
        for (var i = 0ul; i < 4; i++)
        {
            deaf.Add(await front.OpenAsync(owner));
            (await deaf[^1].SubscribeAsync(Name("deaf", i))).Success.ShouldBeTrue();
        }
        front.Connections.ShouldBe(1);

        for (var i = 0; i < 12; i++)
            await alice.PublishAsync(s_alice, Any("deaf"), new string('x', 1 << 20), fanout: 256);
        for (var i = 0; i < 100; i++)
        {
            await alice.PublishAsync(s_alice, s_bob, $"{i} {new string('x', 1 << 16)}");
            (await bob.NextTextAsync()).ShouldStartWith($"{i} ");
        }
        foreach (var link in deaf)
            await link.DisposeAsync();
    }
}
