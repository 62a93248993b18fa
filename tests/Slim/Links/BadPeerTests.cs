using Google.Protobuf;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using OpenLink = Skytale.Protocol.Frames.OpenLink;
using Skytale.Relay.Tests.Kit;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Slim.Tests.Links;

/// <summary>A peer that misbehaves ends its own stream and nothing else of the connection, with a status and one line in the log.</summary>
public sealed class BadPeerTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private const int InvalidArgument = 3;
    private const int DeadlineExceeded = 4;
    private const int PermissionDenied = 7;
    private const int ResourceExhausted = 8;
    private const int Unimplemented = 12;
    private const int Unauthenticated = 16;

    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");
    private static readonly SlimName s_eve = Name("eve");

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
        await _alice.PublishAsync(s_alice, s_bob, "the other links live");
        (await _bob.NextTextAsync()).ShouldBe("the other links live");
        await _bob.PublishAsync(s_bob, s_alice, "both ways");
        (await _alice.NextTextAsync()).ShouldBe("both ways");
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _front.DisposeAsync();
    }

    [Theory(Timeout = Timeout)]
    [InlineData(null, Unauthenticated)]
    [InlineData("no token", PermissionDenied)]
    public async Task Who_shows_no_token_for_SLIM_is_turned_away(string? token, int status)
    {
        await using var eve = await _front.CallAsync(token);
        await EndsAsync(eve, status, "token");
    }

    /// <summary>The relay does not read one so long, and says so by a reset: asked again and again, it would be kept busy by anybody.</summary>
    [Fact(Timeout = Timeout)]
    public async Task A_token_longer_than_there_are_is_turned_away_without_the_relay()
    {
        await using var eve = await _front.CallAsync(new string('x', OpenLink.MaxTokenLength + 1));
        await EndsAsync(eve, PermissionDenied, "8192 characters");
        _front.Relay.Log.Lines.ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_begins_with_something_else_than_its_negotiation_ends()
    {
        await using var eve = await _front.CallAsync(_owner);
        await eve.SendAsync(new Message { Publish = new Publish { Header = RawLink.Header(s_eve, s_bob) } });
        await EndsAsync(eve, InvalidArgument, "begins with its negotiation");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_is_not_negotiated_in_time_ends()
    {
        await using var eve = await _front.CallAsync(_owner);
        var end = eve.EndAsync();
        while (!end.IsCompleted)
        {
            _front.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        (await end).Status.ShouldBe(DeadlineExceeded);
        _front.Lines.ShouldHaveSingleItem().ShouldContain("not negotiated within 5 s");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(0, false)]
    [InlineData(129, false)]
    [InlineData(36, true)]
    public async Task A_negotiation_that_names_no_link_or_answers_one_ends_the_link(int lengthOfId, bool isReply)
    {
        using var key = new LinkKey();
        var negotiation = RawLink.Negotiation(key.PublicKey);
        (negotiation.Link.LinkNegotiation.LinkId, negotiation.Link.LinkNegotiation.IsReply) = (new string('i', lengthOfId), isReply);
        await using var eve = await _front.CallAsync(_owner);
        await eve.SendAsync(negotiation);
        await EndsAsync(eve, InvalidArgument, "begins with its negotiation");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)] // All of it zero: a point that makes every secret the same.
    [InlineData(33)]
    public async Task A_key_that_is_none_ends_the_link(int length)
    {
        await using var eve = await _front.CallAsync(_owner);
        await eve.SendAsync(RawLink.Negotiation(new byte[length]));
        await EndsAsync(eve, InvalidArgument, $"public key is {length} bytes");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_header_whose_MAC_is_not_of_what_it_says_ends_the_link()
    {
        await using var eve = await _front.OpenAsync(_owner);
        var message = eve.Publish(s_eve, s_bob, "changed");
        message.Publish.Header.Fanout++;
        await eve.SendAsync(message);
        await EndsAsync(eve, InvalidArgument, "MAC");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_header_without_a_MAC_ends_the_link()
    {
        await using var eve = await _front.OpenAsync(_owner);
        await eve.SendAsync(new Message { Subscribe = new Subscribe { Header = RawLink.Header(s_eve, s_eve), SubscriptionId = 1 } });
        await EndsAsync(eve, InvalidArgument, "MAC");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_source_of_another_account_ends_the_link()
    {
        await using var eve = await _front.OpenAsync(_front.Relay.NewAgent("other"));
        await eve.PublishAsync(s_alice, s_bob, "not from alice");
        await EndsAsync(eve, PermissionDenied, ErrorCode.NameNotOwned.Name());
        _front.Relay.Log.Lines.ShouldHaveSingleItem().ShouldContain(ErrorCode.NameNotOwned.Name());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_without_a_hop_left_ends_the_link()
    {
        await using var eve = await _front.OpenAsync(_owner);
        await eve.SendAsync(eve.Publish(s_eve, s_bob, "no hop", header => header.Ttl = 0));
        await EndsAsync(eve, InvalidArgument, "ttl is 0");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_to_nobody_goes_nowhere_and_the_link_goes_on()
    {
        await using var eve = await _front.OpenAsync(_owner);
        await eve.PublishAsync(s_eve, Name("nobody"), "is anybody there?");
        await eve.PublishAsync(s_eve, s_bob, "bob is");
        (await _bob.NextTextAsync()).ShouldBe("bob is");
        _front.Lines.ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_of_another_account_and_one_that_is_not_subscribed_are_refused_and_the_link_goes_on()
    {
        await using var eve = await _front.OpenAsync(_front.Relay.NewAgent("other"));
        var refused = await eve.SubscribeAsync(s_alice);
        (refused.Success, refused.Error.Split(':')[0]).ShouldBe((false, ErrorCode.NameNotOwned.Name()));
        _front.Lines.ShouldHaveSingleItem().ShouldContain(ErrorCode.NameNotOwned.Name());

        var own = Name("eve", organization: "other");
        await eve.SendAsync(new Message { Unsubscribe = new Unsubscribe { Header = eve.Sign(RawLink.Header(own, own)), SubscriptionId = 9 } });
        var unknown = (await eve.NextAsync()).ShouldNotBeNull().SubscriptionAck;
        (unknown.SubscriptionId, unknown.Success, unknown.Error.Split(':')[0]).ShouldBe((9ul, false, ErrorCode.NotFound.Name()));

        await eve.PublishAsync(own, s_bob, "still there");
        (await _bob.NextTextAsync()).ShouldBe("still there");
    }

    public static TheoryData<string, byte[], int, string> Garbage => new()
    {
        { "no protobuf", RawLink.Framed([0xff, 0xff, 0xff]), InvalidArgument, "Not a message" },
        { "a message of no type", RawLink.Framed([]), InvalidArgument, "none of those that there are" },
        { "a message of a type that is not known", RawLink.Framed([0x7a, 0x00]), InvalidArgument, "none of those that there are" },
        { "a message without a header", RawLink.Framed(new Message { Publish = new Publish() }.ToByteArray()), InvalidArgument, "header is missing" },
        { "a name without its hashes", RawLink.Framed(new Message { Publish = new Publish { Header = new SlimHeader { Source = new Name(), Destination = new Name() } } }.ToByteArray()), InvalidArgument, "need encoded names" },
        { "compressed", RawLink.Framed([], flag: 1), Unimplemented, "Compressed" },
    };

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_ends_the_link(string what, byte[] bytes, int status, string reason)
    {
        await using var eve = await _front.OpenAsync(_owner);
        await eve.WriteAsync(bytes);
        await EndsAsync(eve, status, reason, what);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_call_that_ends_inside_a_message_says_so()
    {
        await using var eve = await _front.OpenAsync(_owner);
        await eve.WriteAsync(RawLink.Framed([1, 2, 3], length: 100));
        eve.Finish();
        await EndsAsync(eve, InvalidArgument, "ends inside a message");
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_ten_thousand_subscriptions_a_link_has_a_thousand_and_the_log_one_line()
    {
        await using var eve = await _front.OpenAsync(_owner);
        var asking = AskAsync();
        var taken = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var answer = (await eve.NextAsync()).ShouldNotBeNull().SubscriptionAck;
            answer.SubscriptionId.ShouldBe((ulong)i + 1);
            taken += answer.Success ? 1 : 0;
            if (!answer.Success)
                answer.Error.ShouldStartWith(ErrorCode.LimitReached.Name());
        }
        await asking;
        taken.ShouldBe(1_000);
        _front.Lines.ShouldHaveSingleItem().ShouldContain(ErrorCode.LimitReached.Name());

        Message Subscription(ulong id) => new() { Subscribe = new Subscribe { Header = eve.Sign(RawLink.Header(s_eve, Name("eve", id))), SubscriptionId = id } };

        async Task AskAsync()
        {
            foreach (var ids in Enumerable.Range(1, 10_000).Chunk(100))
                await eve.WriteAsync(ids.SelectMany(id => RawLink.Framed(Subscription((ulong)id).ToByteArray())).ToArray());
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_many_messages_that_are_too_long_the_log_has_one_line()
    {
        await using var eve = await _front.OpenAsync(_owner);
        for (var i = 0; i < 20; i++)
        {
            var message = eve.Publish(s_eve, s_bob, "too much beside it");
            message.Metadata.Add("k", new string('x', EnvelopeLimits.Metadata));
            await eve.SendAsync(message);
        }
        await eve.PublishAsync(s_eve, s_bob, "the next");
        (await _bob.NextTextAsync()).ShouldBe("the next");
        _front.Lines.ShouldHaveSingleItem().ShouldContain("metadata");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_that_stops_loses_its_link_after_half_a_minute()
    {
        await using var eve = await _front.OpenAsync(_owner);
        (await eve.SubscribeAsync(s_eve)).Success.ShouldBeTrue();
        var big = new string('x', 1 << 20);
        for (var i = 0; i < 12; i++)
            await _alice.PublishAsync(s_alice, s_eve, big);

        while (_front.Lines.Count == 0)
        {
            _front.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        var line = _front.Lines.ShouldHaveSingleItem();
        line.ShouldContain(nameof(Grpc.GrpcStatus.ResourceExhausted));
        line.ShouldContain("taken nothing for 30 s");
        await Should.ThrowAsync<IOException>(eve.EndAsync());
    }

    private async Task EndsAsync(RawLink link, int status, string reason, string? what = null)
    {
        var end = await link.EndAsync();
        end.Status.ShouldBe(status, $"{what}: {end.Reason}");
        end.Reason.ShouldContain(reason);
        _front.Lines.ShouldHaveSingleItem(what).ShouldContain(reason);
    }
}
