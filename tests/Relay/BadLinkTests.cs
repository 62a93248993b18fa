using Skytale.Accounts;
using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.RelayLink;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Relay.Tests;

/// <summary>Whoever may not have a link gets none, and one that misbehaves ends alone, with its reason and one line in the log.</summary>
public sealed class BadLinkTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");

    private TestRelay _relay = null!;
    private TestProxy _proxy = null!;
    private TestAgent _owner = null!;
    private TestLink _alice = null!;
    private TestLink _bob = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync(names: new NameLimits { SubscriptionsPerLink = 100, LinksPerAccount = 8 });
        _proxy = await TestProxy.ConnectAsync(_relay);
        _owner = _relay.NewAgent();
        _alice = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_alice);
        _bob = await (await _proxy.OpenAsync(_owner)).SubscribeAsync(s_bob);
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.PublishAsync(s_alice, s_bob, "the other links live");
        (await _bob.NextTextAsync()).ShouldBe("the other links live");
        _proxy.Connection.Closed.IsCompleted.ShouldBeFalse();
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _proxy.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_proxy_that_the_configuration_does_not_name_is_turned_away()
    {
        await using var stranger = new TestProxy();
        (await stranger.TryConnectAsync(_relay)).ShouldNotBeNull().Code.ShouldBe(ErrorCode.Forbidden);
        LogSays(ErrorCode.Forbidden);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_proxys_name_without_its_key_opens_nothing()
    {
        var dial = TestProxy.DialOf(_relay, _owner.Signer) with { AgentId = _proxy.Id };
        (await RelayConnection.OpenAsync(_relay.Transport, dial, Cancel)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.InvalidProof);
        LogSays(ErrorCode.InvalidProof);
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_a_token_for_SLIM_opens_a_link_and_it_opens_nothing_else()
    {
        await RefusedAsync(null, ErrorCode.InvalidToken);
        await RefusedAsync("no token", ErrorCode.InvalidToken);
        await RefusedAsync(_owner.Token(), ErrorCode.WrongAudience);
        var opened = await RelayConnection.OpenAsync(_relay.Transport, _owner.Dial() with { Token = _owner.SlimToken() }, Cancel);
        opened.Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.WrongAudience);

        var old = _owner.SlimToken();
        _relay.Time.Advance(TimeSpan.FromHours(2));
        await RefusedAsync(old, ErrorCode.ExpiredToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_without_a_token_is_anyones_where_the_proxy_is_in_development_alone()
    {
        await using var development = await TestProxy.ConnectAsync(_relay, isDevelopment: true);
        await using var anyone = await development.OpenAsync();
        anyone.Link.Organizations.ShouldBeNull();
        await anyone.SubscribeAsync(Name("whoever", organization: "whichever"));
        await anyone.PublishAsync(s_alice, s_bob, "from anyone");
        (await _bob.NextTextAsync()).ShouldBe("from anyone");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_forged_source_ends_its_link()
    {
        await using var eve = await _proxy.OpenAsync(_relay.NewAgent("other"));
        await eve.PublishAsync(s_alice, s_bob, "not from alice");
        await eve.EndedAsync(ErrorCode.NameNotOwned);
        LogSays(ErrorCode.NameNotOwned);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_text_that_says_another_organisation_than_the_hash_ends_its_link()
    {
        await using var eve = await _proxy.OpenAsync(_owner);
        await eve.PublishAsync(s_alice with { Text = new SlimNameText("other", "ns", "alice") }, s_bob, "not what it says");
        await eve.EndedAsync(ErrorCode.NameNotOwned);
        LogSays(ErrorCode.NameNotOwned);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_envelope_without_a_hop_left_ends_its_link_and_one_with_its_last_goes_nowhere()
    {
        await _alice.Link.PublishAsync(Say(s_alice, s_bob, "the last hop") with { Ttl = 1 }, Cancel);
        await using var eve = await _proxy.OpenAsync(_owner);
        await eve.Link.PublishAsync(Say(s_alice, s_bob, "no hop") with { Ttl = 0 }, Cancel);
        await eve.EndedAsync(ErrorCode.InvalidRequest);
        LogSays(ErrorCode.InvalidRequest);
    }

    public static TheoryData<string, ErrorCode> BadBytes => new()
    {
        { "00000004ffffffff", ErrorCode.MalformedFrame },
        { "00000003811863", ErrorCode.UnknownFrameType },
        { "0000000382182401", ErrorCode.MalformedFrame }, // acknowledge, broken off
        { "0000000482182401", ErrorCode.UnexpectedFrame }, // acknowledge
        { "000000188218378e0018ff181f000060f6f68400000000006040a0a0", ErrorCode.MalformedFrame }, // an envelope of what is not kept
        { "0044aa21", ErrorCode.FrameTooLarge },
        { "ffffffff", ErrorCode.FrameTooLarge },
    };

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(BadBytes))]
    public async Task Bytes_that_have_no_place_on_a_link_end_it(string hex, ErrorCode code)
    {
        var stream = await RawLinkAsync();
        await stream.WriteAsync(Convert.FromHexString(hex), cancellationToken: Cancel);
        var end = (await new FrameReader(stream).ReadAsync(Cancel)).ShouldBeOfType<Refused>();
        (end.RequestId.Value, end.Code).ShouldBe((0u, code));
        LogSays(code);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("00000004ffffffff", ErrorCode.MalformedFrame)]
    [InlineData("0000000482182401", ErrorCode.UnexpectedFrame)]
    [InlineData("00004001", ErrorCode.FrameTooLarge)]
    public async Task A_proxys_stream_that_starts_otherwise_is_reset_alone(string hex, ErrorCode code)
    {
        var connection = await RawProxyAsync();
        var stream = await connection.Transport.OpenStreamAsync(Cancel);
        await stream.WriteAsync(Convert.FromHexString(hex), cancellationToken: Cancel);
        var reset = await Should.ThrowAsync<TransportException>(async () => await stream.ReadAsync(new byte[1], Cancel));
        (reset.Error, reset.Code).ShouldBe((TransportError.StreamReset, (ulong)code));
        LogSays(code);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_proxy_that_asks_on_its_control_stream_loses_its_connection_and_other_proxies_do_not()
    {
        var connection = await RawProxyAsync();
        await connection.SendAsync(new UploadKeyPackage(new RequestId(1), new byte[3]));
        await connection.ClosedAsync(ErrorCode.UnexpectedFrame);
        LogSays(ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task Subscriptions_and_links_have_bounds()
    {
        await using var greedy = await _proxy.OpenAsync(_owner);
        for (var i = 0; i < 100; i++)
            await greedy.SubscribeAsync(Name("greedy", (ulong)i), id: 9);
        await greedy.RefusedAsync(ErrorCode.LimitReached, Name("greedy", 100));
        await greedy.RefusedAsync(ErrorCode.LimitReached, Name("greedy", 99), id: 10);
        await greedy.SubscribeAsync(Name("greedy", 99), id: 9); // A repeat is none more.

        var links = new List<TestLink>();
        for (var i = 3; i < 8; i++)
            links.Add(await _proxy.OpenAsync(_owner));
        await RefusedAsync(_owner.SlimToken(), ErrorCode.LimitReached);
        await using (await _proxy.OpenAsync(_relay.NewAgent("other")))
        {
            foreach (var link in links)
                await link.DisposeAsync();
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_that_stops_lags_in_its_mailbox_and_the_oldest_go()
    {
        var stream = await RawLinkAsync();
        await stream.WriteAsync(FrameCodec.Encode(new SubscribeName(new RequestId(2), new SubscriptionId(1), Name("slow"), Name("slow"))), cancellationToken: Cancel);
        await PassAsync(stream, new NameAccepted(new RequestId(2)));
        await using var sender = await _proxy.OpenAsync(_owner);
        await sender.SubscribeAsync(s_alice);
        var big = new byte[1 << 20];
        for (var i = 0; i < 64; i++)
            await sender.Link.PublishAsync(Say(s_alice, Name("slow"), "") with { Content = big }, Cancel);
        await sender.BarrierAsync(s_alice);
        _relay.Names.Bytes.ShouldBeInRange(1, 16L << 20);
        stream.Reset(0);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_revoked_key_ends_its_links_and_opens_no_others()
    {
        var revoked = _relay.NewAgent("third");
        await using var link = await _proxy.OpenAsync(revoked);
        await link.SubscribeAsync(Name("third", organization: "third"));
        _relay.Revoked.Add(RevokedKind.Key, revoked.Key.ToString(), _relay.Time.GetUtcNow());
        await _relay.RevokedCallers.FollowAsync(Cancel);
        await link.EndedAsync(ErrorCode.Revoked);
        LogSays(ErrorCode.Revoked);
        await RefusedAsync(revoked.SlimToken(), ErrorCode.Revoked);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agents_own_link_takes_no_token_and_ends_alone_too()
    {
        await using var connection = (await RelayConnection.OpenAsync(_relay.Transport, _owner.Dial(), Cancel)).Value;
        (await connection.OpenSlimLinkAsync(_owner.SlimToken(), Cancel)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.InvalidToken);
        await using var link = new TestLink((await connection.OpenSlimLinkAsync(cancellationToken: Cancel)).Value);
        await link.PublishAsync(Name("eve", organization: "other"), s_bob, "forged");
        await link.EndedAsync(ErrorCode.NameNotOwned);
        connection.Closed.IsCompleted.ShouldBeFalse();
    }

    private void LogSays(ErrorCode code) => _relay.Log.Lines.ShouldHaveSingleItem().ShouldContain(code.Name());

    private async Task RefusedAsync(string? token, ErrorCode code) => (await _proxy.Connection.OpenSlimLinkAsync(token, Cancel)).Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    /// <summary>A trusted proxy's connection, below the client that keeps the rules.</summary>
    private async Task<TestConnection> RawProxyAsync()
    {
        _relay.Proxies.Trust(_owner.Id);
        var connection = await _relay.DialAsync();
        var hello = new ProxyHello(_owner.Id, TestRelay.Name, new byte[Nonce.Size]);
        await connection.SendAsync(hello);
        await connection.SendAsync(_owner.Prove(hello, await connection.ReadAsync<Challenge>(), connection.Transport));
        await connection.ReadAsync<Ready>();
        return connection;
    }

    private async Task<ITransportStream> RawLinkAsync()
    {
        var stream = await (await RawProxyAsync()).Transport.OpenStreamAsync(Cancel);
        await stream.WriteAsync(FrameCodec.Encode(new OpenLink(new RequestId(1), _owner.SlimToken())), cancellationToken: Cancel);
        await PassAsync(stream, new LinkOpened(new RequestId(1), ["org"]));
        return stream;
    }

    /// <summary>Waits for a frame, and reads nothing behind it.</summary>
    private static async Task PassAsync(ITransportStream stream, Frame expected)
    {
        var encoded = FrameCodec.Encode(expected);
        (await Skytale.Conformance.TransportStreamExtensions.ReadExactlyAsync(stream, encoded.Length, Cancel)).ShouldBe(encoded.ToArray());
    }
}
