using Skytale.Conformance;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Relay.Tests.Kit;
using Skytale.RelayLink;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Relay.Tests;

/// <summary>SLIM names over the real relay: links from proxies and agents, and who gets what.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private TestRelay _relay = null!;
    private TestProxy _proxy = null!;
    private TestAgent _owner = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync();
        _proxy = await TestProxy.ConnectAsync(_relay);
        _owner = _relay.NewAgent();
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_envelope_crosses_the_relay_whole()
    {
        await using var alice = await _proxy.OpenAsync(_owner);
        await using var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        alice.Link.Organizations.ShouldBe(["org"]);
        var sent = Say(s_alice, s_bob, "hello") with
        {
            IsError = false,
            Version = "1",
            HeaderSignature = new byte[] { 1, 2, 3 },
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.Header] = new byte[] { 0x78, 1 } },
        };
        for (var i = 0; i < 3; i++) // The second and third time names and identity are kept.
        {
            await alice.Link.PublishAsync(sent, Cancel);
            (await bob.NextAsync()).ShouldBeSame(sent with { Ttl = 7 });
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_proxies_and_an_agent_reach_one_another()
    {
        await using var other = await TestProxy.ConnectAsync(_relay);
        var opened = await RelayConnection.OpenAsync(_relay.Transport, _owner.Dial(), Cancel);
        await using var agent = opened.Value;
        await using var native = new TestLink((await agent.OpenSlimLinkAsync(cancellationToken: Cancel)).Value);
        await using var alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_alice);
        await using var bob = await (await other.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await native.SubscribeAsync(Name("native"));

        await alice.PublishAsync(s_alice, s_bob, "proxy to proxy");
        (await bob.NextTextAsync()).ShouldBe("proxy to proxy");
        await bob.PublishAsync(s_bob, Name("native"), "proxy to agent");
        (await native.NextTextAsync()).ShouldBe("proxy to agent");
        await native.PublishAsync(Name("native"), s_alice, "agent to proxy");
        (await alice.NextTextAsync()).ShouldBe("agent to proxy");
    }

    [Fact(Timeout = Timeout)]
    public async Task Accounts_reach_each_others_names_but_use_their_own()
    {
        var stranger = _relay.NewAgent("other");
        await using var alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_alice);
        await using var eve = await _proxy.OpenAsync(stranger);
        await eve.SubscribeAsync(Name("eve", organization: "other"));
        await eve.RefusedAsync(ErrorCode.NameNotOwned, s_alice, subscriber: Name("eve", organization: "other"));
        await eve.RefusedAsync(ErrorCode.NameNotOwned, Name("eve", organization: "other"), subscriber: s_alice);

        await eve.PublishAsync(Name("eve", organization: "other"), s_alice, "from another account");
        (await alice.NextTextAsync()).ShouldBe("from another account");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_fan_out_reaches_every_link_once_but_not_the_sender()
    {
        var room = Name("room", 99);
        await using var alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(room, s_alice);
        await using var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(room, s_bob);
        await bob.SubscribeAsync(room, Name("bob", 2)); // A second application behind the same link.
        await using var carol = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(room, Name("carol"));
        await alice.PublishAsync(s_alice, room, "to all");
        (await bob.NextTextAsync()).ShouldBe("to all");
        await bob.PublishAsync(s_bob, room, "to the others");
        (await carol.NextTextAsync()).ShouldBe("to all");
        (await carol.NextTextAsync()).ShouldBe("to the others");
        (await alice.NextTextAsync()).ShouldBe("to the others");
        await carol.PublishAsync(Name("carol"), room, "the last");
        (await alice.NextTextAsync()).ShouldBe("the last");
        (await bob.NextTextAsync()).ShouldBe("the last", "one copy a link");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_anycast_goes_to_one_by_turns()
    {
        await using var alice = await _proxy.OpenAsync(_owner);
        await using var first = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(Name("worker", 1));
        await using var second = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(Name("worker", 2));
        for (var i = 0; i < 10; i++)
            await alice.PublishAsync(s_alice, Any("worker"), $"{i}", fanout: 1);
        for (var i = 0; i < 10; i += 2)
        {
            (await first.NextTextAsync()).ShouldBe($"{i}");
            (await second.NextTextAsync()).ShouldBe($"{i + 1}");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_sent_while_a_subscriber_is_away_waits_for_it()
    {
        await using var alice = await _proxy.OpenAsync(_owner);
        var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await LeaveAsync(bob);
        await alice.SubscribeAsync(s_alice);
        for (var i = 0; i < 100; i++)
            await alice.PublishAsync(s_alice, s_bob, $"{i}", fanout: i % 2 == 0 ? 1u : 256u);
        await alice.BarrierAsync(s_alice);

        await using var other = await TestProxy.ConnectAsync(_relay);
        await using var back = await (await other.OpenAsync(_owner)).SubscribeAsync(s_bob);
        for (var i = 0; i < 100; i++)
            (await back.NextTextAsync()).ShouldBe($"{i}");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_mailbox_that_nobody_takes_up_is_gone_after_ten_minutes()
    {
        await using var alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_alice);
        var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await LeaveAsync(bob);
        await alice.PublishAsync(s_alice, s_bob, "never read");
        await alice.BarrierAsync(s_alice);
        _relay.Names.Bytes.ShouldBeGreaterThan(0);
        _relay.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        _relay.Names.RemoveOld();
        _relay.Names.Mailboxes.ShouldBe(2);
        _relay.Time.Advance(TimeSpan.FromSeconds(1));
        _relay.Names.RemoveOld();
        _relay.Names.Mailboxes.ShouldBe(1);
        _relay.Names.Bytes.ShouldBe(0);
        _relay.Names.NeverTaken.ShouldBe(1);
        await using var back = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await alice.PublishAsync(s_alice, s_bob, "read");
        (await back.NextTextAsync()).ShouldBe("read");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_application_that_comes_back_before_its_old_link_is_gone_takes_its_names_over()
    {
        await using var alice = await _proxy.OpenAsync(_owner);
        await using var old = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await using var back = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await alice.PublishAsync(s_alice, s_bob, "for the new link");
        (await back.NextTextAsync()).ShouldBe("for the new link");
        (await old.Link.UnsubscribeAsync(s_bob, s_bob, new SubscriptionId(1), Cancel)).ShouldNotBeNull().Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_stays_subscribed_until_each_of_its_ids_was_taken_back()
    {
        await using var alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_alice);
        await using var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        await bob.SubscribeAsync(s_bob, id: 2);
        (await bob.Link.UnsubscribeAsync(s_bob, s_bob, new SubscriptionId(1), Cancel)).ShouldBeNull();
        await alice.PublishAsync(s_alice, s_bob, "under the second id");
        (await bob.NextTextAsync()).ShouldBe("under the second id");
        (await bob.Link.UnsubscribeAsync(s_bob, s_bob, new SubscriptionId(2), Cancel)).ShouldBeNull();
        await alice.PublishAsync(s_alice, s_bob, "into nothing");
        await alice.BarrierAsync(s_alice);
        _relay.Names.Mailboxes.ShouldBe(1);
        _relay.Names.Bytes.ShouldBe(0);
        await bob.SubscribeAsync(s_bob);
        await alice.PublishAsync(s_alice, s_bob, "subscribed anew");
        (await bob.NextTextAsync()).ShouldBe("subscribed anew");
    }

    [Fact(Timeout = Timeout)]
    public async Task Large_envelopes_cross_too()
    {
        await using var alice = await _proxy.OpenAsync(_owner);
        await using var bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
        var sent = Say(s_alice, s_bob, "") with { Content = TransportStreamExtensions.Bytes(EnvelopeLimits.Content, 1) };
        await alice.Link.PublishAsync(sent, Cancel);
        (await bob.NextAsync()).ShouldBeSame(sent with { Ttl = 7 });
        var tooLarge = sent with { Content = new byte[EnvelopeLimits.Content + 1] };
        (await Should.ThrowAsync<ProtocolException>(async () => await alice.Link.PublishAsync(tooLarge, Cancel))).Code.ShouldBe(ErrorCode.PayloadTooLarge);
        await alice.PublishAsync(s_alice, s_bob, "the link lives on");
        (await bob.NextTextAsync()).ShouldBe("the link lives on");
    }

    /// <summary>Leaves a link and waits until the relay knows.</summary>
    private async Task LeaveAsync(TestLink link)
    {
        var links = _relay.Names.Links;
        await link.DisposeAsync();
        while (_relay.Names.Links == links)
            await Task.Delay(5, Cancel);
    }
}
