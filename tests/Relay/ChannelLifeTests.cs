using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;

namespace Skytale.Relay.Tests;

/// <summary>What the relay is for, from the first member to the last, as agents see it.</summary>
public sealed class ChannelLifeTests
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    [InlineData(TransportKind.Memory)]
    [InlineData(TransportKind.Quic)]
    [InlineData(TransportKind.Tls)]
    public async Task Three_members_see_the_same_messages_in_the_same_order(TransportKind kind)
    {
        await using var relay = await TestRelay.StartAsync(transport: kind == TransportKind.Memory ? null : RelayTransport.Create([kind]));
        var members = await relay.ChannelOfAsync(3);
        var deliveries = new List<TestDelivery>();
        foreach (var member in members)
        {
            deliveries.Add(await member.SubscribeAsync());
            await deliveries[^1].NextAsync<Subscribed>();
        }

        var first = await members[1].SendAsync("from the second");
        var second = await members[2].SendAsync("from the third");
        second.ShouldBe(first.Next);
        for (var i = 0; i < members.Length; i++)
        {
            var (one, two) = (await deliveries[i].NextAsync<DeliverMessage>(), await deliveries[i].NextAsync<DeliverMessage>());
            (one.Sequence, two.Sequence).ShouldBe((first, second));
            if (i != 1)
                members[i].Read(one).ShouldBe("from the second");
            if (i != 2)
                members[i].Read(two).ShouldBe("from the third");
            await deliveries[i].SendAsync(new Acknowledge(second));
        }
        relay.Log.Lines.ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_reaches_all_members_and_the_welcome_the_joiner_alone()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        var own = await members[0].SubscribeAsync();
        await own.NextAsync<Subscribed>();

        var sequence = await members[0].AddAsync(joiner);
        (await joiner.JoinAsync()).Sequence.ShouldBe(sequence);
        var commit = await delivery.NextAsync<DeliverCommit>();
        commit.Sequence.ShouldBe(sequence);
        members[1].Follow(commit);
        BytesOf(await own.NextAsync<DeliverCommit>()).ShouldBe(BytesOf(commit), "the committer sees its own commit in the order too");

        await members[1].SendAsync("welcome");
        (await joiner.CatchUpAsync()).ShouldBe(["welcome"]);
        (await members[0].CatchUpAsync()).ShouldBe(["welcome"]);
        joiner.Group.Epoch.ShouldBe(members[0].Group.Epoch);
        members[0].Connection.UnreadWelcomes.ShouldBe(0);
        members[1].Connection.UnreadWelcomes.ShouldBe(0);
        (await relay.WelcomesWaitingForAsync(members[1])).ShouldBe(0);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_joiner_that_is_away_finds_its_welcome_when_it_connects_until_it_acknowledges()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await joiner.Connection.DisposeAsync();
        await members[0].AddAsync(joiner);

        await joiner.ConnectAsync();
        var unacknowledged = await joiner.Connection.NextWelcomeAsync();
        await joiner.Connection.DisposeAsync();
        await joiner.ConnectAsync();
        BytesOf(await joiner.JoinAsync()).ShouldBe(BytesOf(unacknowledged));
        await joiner.SendAsync("here");
        await joiner.Connection.DisposeAsync();

        await joiner.ConnectAsync();
        await joiner.SendAsync("again");
        joiner.Connection.UnreadWelcomes.ShouldBe(0);
        (await relay.WelcomesWaitingForAsync(joiner)).ShouldBe(0);
        (await members[0].CatchUpAsync()).ShouldBe(["here", "again"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_member_that_was_away_gets_all_it_missed_in_order()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        await members[1].Connection.DisposeAsync();
        var expected = Enumerable.Range(0, 600).Select(i => $"message {i}").ToList();
        foreach (var text in expected[..300])
            await members[0].SendAsync(text);
        await members[0].CommitAsync();
        foreach (var text in expected[300..])
            await members[0].SendAsync(text);

        await members[1].ConnectAsync();
        (await members[1].CatchUpAsync()).ShouldBe(expected);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_joiner_sees_nothing_of_before_it_was_added()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(1);
        await members[0].SendAsync("before");
        var joiner = await relay.ConnectAgentAsync();
        await joiner.UploadAsync();
        await members[0].AddAsync(joiner);
        await joiner.JoinAsync();
        var after = await members[0].SendAsync("after");

        var delivery = await joiner.Connection.SubscribeAsync(joiner.ChannelId, Sequence.Start);
        (await delivery.NextAsync<Subscribed>()).Last.ShouldBe(after);
        (await delivery.NextAsync<DeliverMessage>()).Sequence.ShouldBe(after);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_removed_member_is_cut_off_at_the_commit_that_removes_it()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(3);
        var delivery = await members[2].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await members[0].SendAsync("the last");
        var removal = await members[0].RemoveAsync(members[2]);
        await members[0].SendAsync("without it");

        members[2].Read(await delivery.NextAsync<DeliverMessage>()).ShouldBe("the last");
        (await delivery.NextAsync<DeliverCommit>()).Sequence.ShouldBe(removal);
        (await members[1].CatchUpAsync()).ShouldBe(["the last", "without it"]);
        await members[1].ReportAsync();
        (await delivery.NextAsync()).ShouldBeNull("the relay finishes the stream");

        // Away at that moment, it is told the same, and no more.
        var later = await members[2].SubscribeAsync();
        (await later.NextAsync<Subscribed>()).Last.ShouldBe(removal);
        (await later.NextAsync<DeliverCommit>()).Sequence.ShouldBe(removal);
        (await later.NextAsync()).ShouldBeNull();
        await members[2].Connection.RefusedAsync(ErrorCode.NotAMember, request => new SendMessage(request, members[2].ChannelId, TestAgent.NewMessageId(), members[2].Encrypt("still here?")));
        await members[2].Connection.RefusedAsync(ErrorCode.NotAMember, request => new AddMember(request, members[2].ChannelId, members[1].Id));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(2)]
    [InlineData(3)] // The removal may still be voided when it is added again.
    public async Task A_member_that_was_removed_and_added_again_starts_behind_its_second_addition(int count)
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(count);
        var old = await members[1].SubscribeAsync();
        await old.NextAsync<Subscribed>();
        var removal = await members[0].RemoveAsync(members[1]);
        await members[0].SendAsync("while it was out");
        await members[1].UploadAsync();
        var addition = await members[0].AddAsync(members[1]);
        (await members[1].JoinAsync()).Sequence.ShouldBe(addition);
        await members[0].SendAsync("back again");

        (await old.NextAsync<DeliverCommit>()).Sequence.ShouldBe(removal);
        (await old.NextAsync()).ShouldBeNull("the stream of the first stay does not go on in the second");
        (await members[1].CatchUpAsync()).ShouldBe(["back again"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_subscriber_gets_every_entry_once_and_in_order_while_many_send()
    {
        const int each = 400;
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(3);
        var start = members[0].Position;
        var slow = await members[2].SubscribeAsync();
        var readers = new List<Task<List<ulong>>>();
        foreach (var member in members)
            readers.Add(ReadAsync(await member.Connection.SubscribeAsync(member.ChannelId, start), start, members.Length * each));

        // The relay cannot tell one ciphertext from another: one serves for all.
        await Task.WhenAll(members.Select(async member =>
        {
            var ciphertext = member.Encrypt(new string('x', 2_000));
            for (var i = 0; i < each; i++)
                await member.Connection.AskAsync<Accepted>(request => new SendMessage(request, member.ChannelId, TestAgent.NewMessageId(), ciphertext));
        }));
        var expected = Enumerable.Range(1, members.Length * each).Select(i => start.Value + (ulong)i).ToList();
        foreach (var reader in readers)
            (await reader).ShouldBe(expected);
        // Whoever has read nothing until now has missed nothing.
        (await ReadAsync(slow, start, expected.Count)).ShouldBe(expected);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_closes_every_connection()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var delivery = await members[0].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        await relay.Server.DisposeAsync();
        await members[0].Connection.ClosedAsync(ErrorCode.Unavailable);
        await members[1].Connection.ClosedAsync(ErrorCode.Unavailable);
    }

    private static async Task<List<ulong>> ReadAsync(TestDelivery delivery, Sequence after, int count)
    {
        (await delivery.NextAsync<Subscribed>()).Last.ShouldBeGreaterThanOrEqualTo(after);
        var read = new List<ulong>();
        while (read.Count < count)
            read.Add((await delivery.NextAsync<DeliverMessage>()).Sequence.Value);
        return read;
    }

    private static byte[] BytesOf(Frame frame) => FrameCodec.Encode(frame).ToArray();
}
