using Google.Protobuf;
using Skytale.Protocol.Envelopes;
using Skytale.Relay.Tests.Kit;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>What a link does with what an application sends.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private TestFront _front = null!;
    private TestAgent _owner = null!;
    private RawLink _alice = null!;
    private RawLink _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _front = await TestFront.StartAsync();
        _owner = _front.Relay.NewAgent();
        _alice = await _front.OpenAsync(_owner);
        _bob = await _front.OpenAsync(_owner);
        (await _alice.SubscribeAsync(s_alice)).Success.ShouldBeTrue();
        (await _bob.SubscribeAsync(s_bob)).Success.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _front.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_arrives_signed_for_its_next_hop_and_else_as_it_was_sent()
    {
        var sent = _alice.Publish(s_alice, s_bob, "hello", header =>
        {
            header.Version = "v";
            header.E2EHeaderSig = ByteString.CopyFromUtf8("by alice");
        });
        sent.Metadata.Add("k", "v");
        sent.MergeFrom(new byte[] { 0xc0, 0x3e, 0x01 }); // A field of a later version.
        await _alice.SendAsync(sent);

        var got = (await _bob.NextAsync()).ShouldNotBeNull(); // Its MAC was verified.
        got.Publish.Header.HeaderMac.ShouldNotBe(sent.Publish.Header.HeaderMac);
        (got.Publish.Header.HeaderMac, got.Publish.Header.Ttl) = (sent.Publish.Header.HeaderMac, got.Publish.Header.Ttl + 1);
        got.ShouldBe(sent);
    }

    /// <summary>A node would follow both: they are how nodes tell one another where to send.</summary>
    [Fact(Timeout = Timeout)]
    public async Task Where_an_application_says_that_it_is_from_and_for_which_link_is_not_believed()
    {
        await using var carol = await _front.OpenAsync(_owner);
        (await carol.SubscribeAsync(Name("carol"))).Success.ShouldBeTrue();
        for (var link = 0ul; link < 4; link++)
        {
            await _alice.SendAsync(_alice.Publish(s_alice, s_bob, $"{link}", header => (header.ForwardTo, header.RecvFrom, header.IncomingConn) = (link, link, link)));
            var got = (await _bob.NextAsync()).ShouldNotBeNull().Publish;
            got.Msg.AppPayload.Blob.ToStringUtf8().ShouldBe($"{link}");
            (got.Header.HasForwardTo, got.Header.HasRecvFrom, got.Header.HasIncomingConn).ShouldBe((false, false, false));
        }
        await _alice.PublishAsync(s_alice, Name("carol"), "the first for carol");
        (await carol.NextTextAsync()).ShouldBe("the first for carol");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_second_negotiation_and_an_answer_to_nothing_are_passed_over()
    {
        using var key = new LinkKey();
        await _alice.SendAsync(RawLink.Negotiation(key.PublicKey));
        await _alice.SendAsync(new Message { SubscriptionAck = new SubscriptionAck { SubscriptionId = 1 } });
        await _alice.PublishAsync(s_alice, s_bob, "under the first key");
        (await _bob.NextTextAsync()).ShouldBe("under the first key");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_of_4_MiB_arrives_and_what_is_longer_is_passed_over()
    {
        var room = (4 << 20) - _alice.Publish(s_alice, s_bob, "").CalculateSize() - 16;
        var longest = new string('x', room);
        await _alice.PublishAsync(s_alice, s_bob, longest);
        (await _bob.NextTextAsync()).ShouldBe(longest);

        await _alice.PublishAsync(s_alice, s_bob, new string('x', (4 << 20) + 1));
        await _alice.PublishAsync(s_alice, s_bob, "the next");
        (await _bob.NextTextAsync()).ShouldBe("the next");
        _front.Lines.ShouldHaveSingleItem().ShouldContain("the link goes on: It has 41");
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_subscribes_under_no_id_is_not_answered()
    {
        await _bob.SendAsync(new Message { Subscribe = new Subscribe { Header = _bob.Sign(RawLink.Header(s_bob, Name("room"))) } });
        (await _bob.SubscribeAsync(Name("another"), s_bob, id: 5)).SubscriptionId.ShouldBe(5ul);
        await _alice.PublishAsync(s_alice, Name("room"), "and has it all the same");
        (await _bob.NextTextAsync()).ShouldBe("and has it all the same");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_is_subscribed_until_it_is_unsubscribed()
    {
        var room = Name("room", 9);
        (await _bob.SubscribeAsync(room, s_bob)).Success.ShouldBeTrue();
        await _alice.PublishAsync(s_alice, room, "in the room");
        (await _bob.NextTextAsync()).ShouldBe("in the room");

        await _bob.SendAsync(new Message { Unsubscribe = new Unsubscribe { Header = _bob.Sign(RawLink.Header(s_bob, room)), SubscriptionId = 2 } });
        (await _bob.NextAsync()).ShouldNotBeNull().SubscriptionAck.Success.ShouldBeTrue();
        await _alice.PublishAsync(s_alice, room, "to nobody");
        await _alice.PublishAsync(s_alice, s_bob, "to bob");
        (await _bob.NextTextAsync()).ShouldBe("to bob");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_relay_that_restarts_is_a_pause_for_its_links()
    {
        await _front.Relay.RestartAsync();
        // What is published before both links are there again may have nobody to go to.
        using var heard = new CancellationTokenSource();
        var saying = SayAsync();
        (await _bob.NextTextAsync()).ShouldBe("is anybody there?");
        await heard.CancelAsync();
        await saying;

        async Task SayAsync()
        {
            while (!heard.IsCancellationRequested)
            {
                await _alice.PublishAsync(s_alice, s_bob, "is anybody there?");
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
    }
}
