using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Relay.Tests.Kit;
using Skytale.SlimWire.Messages;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>What becomes of a link's names when the relay was lost.</summary>
public sealed class ResubscribingTests
{
    private const int Timeout = 60_000;
    private const int ResourceExhausted = 8;
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Zero is the id of all who want no answer.</summary>
    [Fact(Timeout = Timeout)]
    public async Task Names_under_one_id_are_all_subscribed_again()
    {
        await using var front = await TestFront.StartAsync();
        var owner = front.Relay.NewAgent();
        await using var bob = await front.OpenAsync(owner);
        (await bob.SubscribeAsync(s_bob, id: 7)).Success.ShouldBeTrue();
        (await bob.SubscribeAsync(Name("room"), s_bob, id: 7)).Success.ShouldBeTrue();
        (await bob.SubscribeAsync(Name("room", organization: "other"), s_bob, id: 7)).Success.ShouldBeFalse();

        await front.Relay.RestartAsync();
        while (front.Relay.Names.Mailboxes < 2)
            await Task.Delay(5, Cancel);
        await using var alice = await front.OpenAsync(owner);
        await alice.PublishAsync(s_alice, s_bob, "to bob");
        await alice.PublishAsync(s_alice, Name("room"), "to the room");
        (await bob.NextTextAsync()).ShouldBe("to bob");
        (await bob.NextTextAsync()).ShouldBe("to the room");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_was_taken_back_is_not_subscribed_again()
    {
        await using var front = await TestFront.StartAsync();
        var owner = front.Relay.NewAgent();
        await using var bob = await front.OpenAsync(owner);
        (await bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
        (await bob.SubscribeAsync(Name("room"), s_bob)).Success.ShouldBeTrue();
        var header = RawLink.Header(s_bob, Name("room") with { Text = null }); // It is the same name.
        await bob.SendAsync(new Message { Unsubscribe = new Unsubscribe { Header = bob.Sign(header), SubscriptionId = 2 } });
        (await bob.NextAsync()).ShouldNotBeNull().SubscriptionAck.Success.ShouldBeTrue();

        await front.Relay.RestartAsync();
        (await bob.SubscribeAsync(Name("another"), s_bob)).Success.ShouldBeTrue(); // Behind those of before.
        front.Relay.Names.Mailboxes.ShouldBe(2);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_whose_names_are_not_to_be_had_again_leaves_nothing_at_the_relay()
    {
        await using var front = await TestFront.StartAsync();
        await using var bob = await front.OpenAsync(front.Relay.NewAgent());
        (await bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
        (await bob.SubscribeAsync(Name("room"), s_bob)).Success.ShouldBeTrue();

        await front.Relay.RestartAsync(new NameLimits { MailboxesPerAccount = 1 });
        var (status, reason) = await bob.EndAsync();
        (status, reason.Split(':')[0]).ShouldBe((ResourceExhausted, ErrorCode.LimitReached.Name()));
        while (front.Relay.Names.Links > 0)
            await Task.Delay(5, Cancel);
    }
}
