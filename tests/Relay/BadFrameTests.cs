using System.Text;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>Bytes that are not this protocol, from an agent that is in: its connection ends with the code and one line, nobody else's does.</summary>
public sealed class BadFrameTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private TestRelay _relay = null!;
    private TestAgent[] _members = [];

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync();
        _members = await _relay.ChannelOfAsync(3);
    }

    public async ValueTask DisposeAsync()
    {
        await _members[0].SendAsync("the channel works");
        (await _members[1].CatchUpAsync()).ShouldBe(["the channel works"]);
        await _members[2].ConnectAsync();
        (await _members[2].CatchUpAsync()).ShouldBe(["the channel works"], "the agent may come back");
        await _relay.DisposeAsync();
    }

    public static TheoryData<string, ErrorCode> BadBytes => new()
    {
        { "00000004ffffffff", ErrorCode.MalformedFrame }, // no CBOR
        { "0000000161", ErrorCode.MalformedFrame }, // a text that ends before its first byte
        { "00000001a0", ErrorCode.MalformedFrame }, // CBOR, but a map
        { "00000003820e00", ErrorCode.MalformedFrame }, // AddMember with too few fields
        { "00000003811863", ErrorCode.UnknownFrameType },
        { "00000003811903", ErrorCode.MalformedFrame }, // ends inside the number
        { "00100001", ErrorCode.FrameTooLarge },
        { "ffffffff", ErrorCode.FrameTooLarge },
    };

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(BadBytes))]
    public async Task Bytes_that_are_no_frame_close_the_connection_on_the_control_stream(string hex, ErrorCode code)
    {
        await _members[2].Connection.WriteAsync(Convert.FromHexString(hex));
        await ClosedAsync(code);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("00000004ffffffff", ErrorCode.MalformedFrame)]
    [InlineData("00000003811863", ErrorCode.UnknownFrameType)]
    [InlineData("00004001", ErrorCode.FrameTooLarge)]
    public async Task Bytes_that_are_no_frame_close_the_connection_on_a_delivery_stream(string hex, ErrorCode code)
    {
        var stream = await _members[2].Connection.Transport.OpenStreamAsync(TestContext.Current.CancellationToken);
        await stream.WriteAsync(Convert.FromHexString(hex), cancellationToken: TestContext.Current.CancellationToken);
        await ClosedAsync(code);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_frame_that_is_not_a_request_closes_the_connection()
    {
        await _members[2].Connection.SendAsync(new Accepted(new RequestId(1), new Sequence(1)));
        await ClosedAsync(ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_second_hello_closes_the_connection()
    {
        await _members[2].Connection.SendAsync(_members[2].Hello());
        await ClosedAsync(ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_delivery_stream_that_starts_with_another_frame_closes_the_connection()
    {
        var stream = new TestDelivery(await _members[2].Connection.Transport.OpenStreamAsync(TestContext.Current.CancellationToken));
        await stream.SendAsync(new Acknowledge(new Sequence(1)));
        await ClosedAsync(ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_entry_that_was_not_delivered_cannot_be_acknowledged()
    {
        var delivery = await _members[2].SubscribeAsync();
        var last = (await delivery.NextAsync<Subscribed>()).Last;
        await delivery.SendAsync(new Acknowledge(last.Next));
        await ClosedAsync(ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stream_that_is_left_ends_that_delivery_alone()
    {
        var delivery = await _members[2].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await delivery.DisposeAsync();
        await _members[2].SendAsync("still connected");
        (await _members[0].CatchUpAsync()).ShouldBe(["still connected"]);
        (await _members[1].CatchUpAsync()).ShouldBe(["still connected"]);
        _relay.Log.Lines.ShouldBeEmpty();
    }

    private async Task ClosedAsync(ErrorCode code)
    {
        await _members[2].Connection.ClosedAsync(code);
        var line = _relay.Log.Lines.ShouldHaveSingleItem();
        line.ShouldContain(code.Name());
        line.ShouldNotContain(_members[2].Id.ToString());
    }
}
