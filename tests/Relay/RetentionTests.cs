using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>What goes when, and what members who come for it later are told.</summary>
public sealed class RetentionTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task Messages_that_every_member_has_acknowledged_go_and_nobody_misses_them()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        for (var i = 0; i < 1_100; i++)
            await members[0].SendAsync("read");

        await AcknowledgeAsync(members[0]);
        await relay.Upkeep.RunOnceAsync();
        (await relay.ChannelOfAsync(members[0])).MessagesTrimmed.ShouldBe(Sequence.Start, "the other has acknowledged nothing");
        await AcknowledgeAsync(members[1]);
        await relay.Upkeep.RunOnceAsync();

        var stored = await relay.ChannelOfAsync(members[0]);
        stored.MessagesTrimmed.ShouldBe(stored.Last);
        await members[0].SendAsync("next");
        (await members[1].CatchUpAsync()).ShouldBe(["next"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Whoever_was_removed_while_away_still_reads_what_was_sent_before()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(3);
        await members[0].SendAsync("before the removal");
        await RemoveThirdAsync(members, 1_100);

        await relay.Upkeep.RunOnceAsync();

        (await relay.ChannelOfAsync(members[0])).MessagesTrimmed.ShouldBe(Sequence.Start);
        var delivery = await members[2].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        members[2].Read(await delivery.NextAsync<DeliverMessage>()).ShouldBe("before the removal");
        await delivery.NextAsync<DeliverCommit>();
    }

    [Fact(Timeout = Timeout)]
    public async Task Whoever_had_read_everything_before_its_removal_is_not_waited_for()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(3);
        await members[0].SendAsync("before the removal");
        await AcknowledgeAsync(members[2]);
        await RemoveThirdAsync(members, 1_100);

        await relay.Upkeep.RunOnceAsync();

        (await relay.ChannelOfAsync(members[0])).MessagesTrimmed.ShouldBe(members[0].Position);
    }

    [Fact(Timeout = Timeout)]
    public async Task Whoever_was_removed_is_not_waited_for_for_ever()
    {
        await using var relay = await TestRelay.StartAsync(new ChannelLimits { EntriesForRemoved = 1_000 });
        var members = await relay.ChannelOfAsync(3);
        await members[0].SendAsync("before the removal");
        await RemoveThirdAsync(members, 1_100);

        await relay.Upkeep.RunOnceAsync();

        (await relay.ChannelOfAsync(members[0])).MessagesTrimmed.ShouldBe(members[0].Position);
    }

    /// <summary>A removal that stands, and so many messages behind it, all of it acknowledged by the two who remain.</summary>
    private static async Task RemoveThirdAsync(TestAgent[] members, int messages)
    {
        await members[0].RemoveAsync(members[2]);
        await members[1].CatchUpAsync();
        await members[1].ReportAsync();
        for (var i = 0; i < messages; i++)
            await members[0].SendAsync("behind the removal");
        await AcknowledgeAsync(members[0]);
        await AcknowledgeAsync(members[1]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_member_that_was_away_when_the_log_was_full_is_told_what_is_gone_and_reads_on()
    {
        await using var relay = await TestRelay.StartAsync(new ChannelLimits { BytesPerChannel = 100_000 });
        var members = await relay.ChannelOfAsync(2);
        var away = members[1].Position;
        for (var i = 0; i < 30; i++)
            await members[0].SendAsync(new string('x', 10_000));
        await members[0].CommitAsync();

        await relay.Upkeep.RunOnceAsync();

        var stored = await relay.ChannelOfAsync(members[0]);
        stored.Bytes.ShouldBeLessThan(100_000);
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        var gap = await delivery.NextAsync<Gap>();
        gap.Through.ShouldBe(stored.MessagesTrimmed);
        gap.Through.ShouldBeGreaterThan(away);
        (await delivery.NextAsync<DeliverMessage>()).Sequence.ShouldBe(gap.Through.Next);
    }

    [Fact(Timeout = Timeout)]
    public async Task Old_messages_go_and_commits_stay_longer()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var away = members[1].Position;
        await members[0].SendAsync("too old");
        await members[0].CommitAsync();
        await members[0].SendAsync("too old as well");

        relay.Time.Advance(TimeSpan.FromDays(8));
        await members[0].ConnectAsync();
        var last = await members[0].SendAsync("fresh");
        for (var round = 0; round < 600; round++)
            await relay.Upkeep.RunOnceAsync();

        await members[1].ConnectAsync();
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        (await delivery.NextAsync<Gap>()).Through.ShouldBe(away.Next);
        (await delivery.NextAsync<DeliverCommit>()).Sequence.ShouldBe(away.Next.Next);
        (await delivery.NextAsync<Gap>()).Through.ShouldBe(new Sequence(last.Value - 1));
        (await delivery.NextAsync<DeliverMessage>()).Sequence.ShouldBe(last);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_member_behind_commits_that_are_gone_must_be_added_again()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        await members[0].CommitAsync();
        relay.Time.Advance(TimeSpan.FromDays(91));
        await members[0].ConnectAsync();
        await members[0].CommitAsync();
        for (var round = 0; round < 600; round++)
            await relay.Upkeep.RunOnceAsync();

        await members[1].ConnectAsync();
        var delivery = await members[1].SubscribeAsync();

        (await delivery.NextAsync<Refused>()).Code.ShouldBe(ErrorCode.TooFarBehind);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_that_nobody_keeps_in_memory_is_loaded_when_it_is_needed()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();

        await LetGoAsync(relay);
        await members[0].SendAsync("found again");

        members[1].Read(await delivery.NextAsync<DeliverMessage>()).ShouldBe("found again");
        await members[0].CommitAsync();
        await LetGoAsync(relay);
        members[1].Follow(await delivery.NextAsync<DeliverCommit>());
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_old_goes_from_channels_that_nobody_has_used_since_the_relay_started()
    {
        await using var relay = await TestRelay.StartAsync();
        var owners = new List<TestAgent>();
        for (var i = 0; i < 2 * UnusedChannels.PerTurn + 1; i++)
        {
            var owner = await relay.ConnectAgentAsync();
            await owner.CreateChannelAsync($"org/team/room{i}");
            await owner.SendAsync("too old");
            await owner.CommitAsync();
            await owner.CommitAsync();
            owners.Add(owner);
        }
        relay.Time.Advance(TimeSpan.FromDays(8));
        await owners[0].ConnectAsync();
        var fresh = await owners[0].SendAsync("fresh");
        await relay.RestartAsync();

        for (var turn = 1; turn <= 3; turn++)
        {
            await relay.Upkeep.RunOnceAsync();
            (await TrimmedAsync()).ShouldBe(Math.Min(turn * UnusedChannels.PerTurn, owners.Count), "a turn is bounded");
        }
        var stored = await relay.ChannelOfAsync(owners[0]);
        (stored.MessagesTrimmed, stored.CommitsTrimmed, stored.Last).ShouldBe((new Sequence(1), Sequence.Start, fresh));

        relay.Time.Advance(TimeSpan.FromDays(83)); // The next round: commits go as well, and the newest stays.
        for (var turn = 1; turn <= 3; turn++)
            await relay.Upkeep.RunOnceAsync();
        stored = await relay.ChannelOfAsync(owners[0]);
        (stored.MessagesTrimmed, stored.CommitsTrimmed).ShouldBe((fresh, new Sequence(2)));
        await owners[0].ConnectAsync();
        await owners[0].SendAsync("it works still");

        async Task<int> TrimmedAsync()
        {
            var count = 0;
            foreach (var owner in owners)
                count += (await relay.ChannelOfAsync(owner)).MessagesTrimmed > Sequence.Start ? 1 : 0;
            return count;
        }
    }

    private static async Task LetGoAsync(TestRelay relay)
    {
        relay.Time.Advance(TimeSpan.FromMinutes(6));
        await relay.Upkeep.RunOnceAsync();
    }

    private static async Task AcknowledgeAsync(TestAgent member)
    {
        await member.CatchUpAsync();
        var delivery = await member.Connection.SubscribeAsync(member.ChannelId, new Sequence(member.Position.Value - 1));
        await delivery.NextAsync<Subscribed>();
        await delivery.NextAsync();
        await delivery.SendAsync(new Acknowledge(member.Position));
        await delivery.SendAsync(new Acknowledge(new Sequence(ulong.MaxValue))); // Ends the connection, when what came before is taken.
        await member.Connection.ClosedAsync(ErrorCode.UnexpectedFrame);
        await member.ConnectAsync();
    }
}
