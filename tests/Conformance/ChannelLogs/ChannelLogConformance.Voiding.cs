using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using static Skytale.Conformance.ChannelLogs.LogKit;

namespace Skytale.Conformance.ChannelLogs;

// Notices, and commits that are taken back.
public abstract partial class ChannelLogConformance
{
    [Fact(Timeout = Patience)]
    public async Task A_notice_has_its_place_and_may_change_the_state_alone()
    {
        var record = await NewAsync();
        await AppendAsync(record.Id, [Message(1), Commit(2, 0)]);
        var told = Notice(3, 1);
        var changing = Notice(4, 1);
        await Log.AppendAsync(record.Id, told);
        await Log.AppendAsync(record.Id, changing, new GroupChange(new byte[] { 77 }, [], [], null));
        await Log.AppendAsync(record.Id, Message(5, 1));

        var read = await Log.ReadAsync(record.Id, new Sequence(2), int.MaxValue);

        read[0].ShouldBeTheSame(told);
        read[1].ShouldBeTheSame(changing);
        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.Epoch, stored.Last).ShouldBe((new Epoch(1), new Sequence(5)));
        stored.State.ToArray().ShouldBe([77]);
    }

    [Fact(Timeout = Patience)]
    public async Task A_notice_may_end_a_membership()
    {
        var record = await NewAsync();
        var leaver = AgentNumber(Random.Shared.Next());
        await Log.AppendAsync(record.Id, Commit(1, 0), Change(1, added: [leaver]));
        (await Log.ReadLoadAsync(leaver)).Channels.ShouldBe(1);

        await Log.AppendAsync(record.Id, Notice(2, 1, leaver), Change(2, removed: [leaver]));

        (await Log.ReadChannelsAsync(leaver)).ShouldBeEmpty();
        (await Log.ReadLoadAsync(leaver)).Channels.ShouldBe(0);
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Epoch.ShouldBe(new Epoch(1));
    }

    [Fact(Timeout = Patience)]
    public async Task A_voided_commit_leads_back_and_its_entries_stay()
    {
        var record = await NewAsync();
        var (joiner, leaver) = (AgentNumber(Random.Shared.Next()), AgentNumber(Random.Shared.Next()));
        var again = NewMessageId();
        var written = new LogEntry[] { Commit(1, 0), Commit(2, 1), Message(3, 2, id: again), Message(4, 2) };
        await Log.AppendAsync(record.Id, written[0], Change(1, added: [leaver]));
        await Log.AppendAsync(record.Id, written[1], Change(2, added: [joiner], removed: [leaver]));
        await Log.AppendAsync(record.Id, written[2]);
        await Log.AppendAsync(record.Id, written[3]);

        await Log.AppendAsync(record.Id, Notice(5, 2), Void(9, epoch: 1, from: 2, added: [leaver], removed: [joiner]));

        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.Epoch, stored.Last).ShouldBe((new Epoch(1), new Sequence(5)));
        stored.State.ToArray().ShouldBe([9]);
        var read = await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue);
        read.Count.ShouldBe(5);
        for (var i = 0; i < written.Length; i++)
            read[i].ShouldBeTheSame(written[i]);
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldNotBeNull().Sequence.ShouldBe(new Sequence(1));
        (await Log.FindCommitAsync(record.Id, new Epoch(1))).ShouldBeNull();
        (await Log.FindMessageAsync(record.Id, AgentNumber(0), again)).ShouldBeNull();
        (await Log.ReadChannelsAsync(joiner)).ShouldBeEmpty();
        (await Log.ReadWelcomesAsync(joiner)).ShouldBeEmpty();
        (await Log.ReadChannelsAsync(leaver)).ShouldBe([record.Id]);
        (await Log.ReadWelcomesAsync(leaver)).Count.ShouldBe(1); // Of the commit that stands.

        await Log.AppendAsync(record.Id, Message(6, 1, id: again));
        await Log.AppendAsync(record.Id, Commit(7, 1), Change(3));
        (await Log.FindMessageAsync(record.Id, AgentNumber(0), again)).ShouldBe(new Sequence(6));
        (await Log.FindCommitAsync(record.Id, new Epoch(1))).ShouldNotBeNull().Sequence.ShouldBe(new Sequence(7));

        await Log.TrimAsync(record.Id, new Sequence(4), new Sequence(2));
        (await Log.FindMessageAsync(record.Id, AgentNumber(0), again)).ShouldBe(new Sequence(6));
        (await Log.FindCommitAsync(record.Id, new Epoch(1))).ShouldNotBeNull().Sequence.ShouldBe(new Sequence(7));
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_voided_and_what_follows_may_be_on_its_way_together()
    {
        var record = await NewAsync();
        var again = NewMessageId();
        Task[] appends =
        [
            Log.AppendAsync(record.Id, Commit(1, 0), Change(1)),
            Log.AppendAsync(record.Id, Message(2, 1, id: again)),
            Log.AppendAsync(record.Id, Notice(3, 1), Void(2, epoch: 0, from: 1)),
            Log.AppendAsync(record.Id, Message(4, id: again)),
            Log.AppendAsync(record.Id, Commit(5, 0), Change(3)),
        ];

        await Task.WhenAll(appends);

        (await Log.FindMessageAsync(record.Id, AgentNumber(0), again)).ShouldBe(new Sequence(4));
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldNotBeNull().Sequence.ShouldBe(new Sequence(5));
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Epoch.ShouldBe(new Epoch(1));
    }

    [Fact(Timeout = Patience)]
    public async Task What_stood_between_voided_parts_is_void_with_them_when_more_is()
    {
        var record = await NewAsync();
        var (first, between, behind) = (NewMessageId(), NewMessageId(), NewMessageId());
        await Log.AppendAsync(record.Id, Commit(1, 0), Change(1));
        await Log.AppendAsync(record.Id, Commit(2, 1), Change(2));
        await Log.AppendAsync(record.Id, Message(3, 2, id: first));
        await Log.AppendAsync(record.Id, Notice(4, 2), Void(3, epoch: 1, from: 2));
        await Log.AppendAsync(record.Id, Message(5, 1, id: between));
        (await FindAsync(first)).ShouldBeNull();
        (await FindAsync(between)).ShouldBe(new Sequence(5));

        await Log.AppendAsync(record.Id, Notice(6, 1), Void(4, epoch: 0, from: 1));
        (await FindAsync(between)).ShouldBeNull();
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldBeNull();

        await Log.AppendAsync(record.Id, Commit(7, 0), Change(5));
        await Log.AppendAsync(record.Id, Message(8, 1, id: first));
        await Log.AppendAsync(record.Id, Message(9, 1, id: behind));
        await Log.TrimAsync(record.Id, new Sequence(8), new Sequence(6));
        (await FindAsync(first)).ShouldBeNull();
        (await FindAsync(between)).ShouldBeNull();
        (await FindAsync(behind)).ShouldBe(new Sequence(9));
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldNotBeNull().Sequence.ShouldBe(new Sequence(7));

        Task<Sequence?> FindAsync(MessageId id) => Log.FindMessageAsync(record.Id, AgentNumber(0), id);
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_kept_before_a_commit_is_there_until_the_commit_stands_or_is_void()
    {
        var (record, other) = (await NewAsync(), await NewAsync());
        await Log.AppendAsync(other.Id, Commit(1, 0), Change(1) with { Before = new byte[] { 99 }, KeptFrom = new Sequence(1) });
        for (byte i = 1; i <= 4; i++)
            await Log.AppendAsync(record.Id, Commit(i, i - 1ul), Change(i) with { Before = new[] { i }, KeptFrom = new Sequence(1) });
        (await KeptAsync(record.Id)).ShouldBe([1, 2, 3, 4]);

        await Log.AppendAsync(record.Id, Notice(5, 4), Change(5) with { KeptFrom = new Sequence(2) });
        await Log.AppendAsync(record.Id, Message(6, 4));
        (await KeptAsync(record.Id)).ShouldBe([2, 3, 4]);

        await Log.AppendAsync(record.Id, Notice(7, 4), Void(6, epoch: 2, from: 3) with { KeptFrom = new Sequence(2) });
        (await KeptAsync(record.Id)).ShouldBe([2]);

        await Log.AppendAsync(record.Id, Commit(8, 2), Change(7) with { KeptFrom = new Sequence(9) });
        (await KeptAsync(record.Id)).ShouldBeEmpty();
        (await KeptAsync(other.Id)).ShouldBe([99]);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_kept_and_what_forgets_it_may_be_on_its_way_together()
    {
        var record = await NewAsync();
        Task[] appends =
        [
            Log.AppendAsync(record.Id, Commit(1, 0), Change(1) with { Before = new byte[] { 1 }, KeptFrom = new Sequence(1) }),
            Log.AppendAsync(record.Id, Commit(2, 1), Change(2) with { Before = new byte[] { 2 }, KeptFrom = new Sequence(1) }),
            Log.AppendAsync(record.Id, Commit(3, 2), Change(3) with { Before = new byte[] { 3 }, KeptFrom = new Sequence(3) }),
        ];

        await Task.WhenAll(appends);

        (await KeptAsync(record.Id)).ShouldBe([3]);
    }

    /// <summary>What is kept before the first ten places, in their order.</summary>
    private async Task<List<int>> KeptAsync(ChannelId channel)
    {
        var kept = new List<int>();
        for (ulong place = 1; place <= 10; place++)
        {
            if (await Log.ReadBeforeAsync(channel, new Sequence(place)) is { } before)
                kept.Add(before[0]);
        }
        return kept;
    }
}
