using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using static Skytale.Conformance.ChannelLogs.LogKit;

namespace Skytale.Conformance.ChannelLogs;

/// <summary>What every <see cref="IChannelLog"/> keeps. An implementation derives from it, says how it is opened, and passes.</summary>
public abstract partial class ChannelLogConformance : IAsyncLifetime
{
    /// <summary>A hang is a failure after this many milliseconds.</summary>
    protected const int Patience = 60_000;

    protected IChannelLog Log { get; set; } = null!;

    /// <summary>The log, as it was left where it was open before.</summary>
    protected abstract Task<IChannelLog> OpenAsync();

    public async ValueTask InitializeAsync() => Log = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = Patience)]
    public async Task A_new_channel_is_in_epoch_0_without_an_entry()
    {
        var record = NewChannel();

        (await Log.CreateAsync(record, new byte[] { 1, 2 })).ShouldBe(ChannelCreation.Created);

        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        stored.Record.ShouldBe(record);
        (stored.Epoch, stored.Last, stored.Bytes).ShouldBe((new Epoch(0), Sequence.Start, 0L));
        stored.State.ToArray().ShouldBe([1, 2]);
        stored.Acknowledged.ShouldBeEmpty();
        (await Log.ReadChannelsAsync(record.Creator)).ShouldContain(record.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task A_probe_changes_nothing()
    {
        var record = NewChannel();
        await Log.CreateAsync(record, new byte[] { 1 });
        await Log.AppendAsync(record.Id, Message(1));

        await Log.ProbeAsync();

        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Last.ShouldBe(new Sequence(1));
        (await Log.ReadIdsAsync(null, 10)).ShouldContain(record.Id);
        await Log.AppendAsync(record.Id, Message(2));
        (await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue)).Count.ShouldBe(2);
    }

    [Fact(Timeout = Patience)]
    public async Task An_id_and_a_name_are_given_once()
    {
        var record = NewChannel();
        await Log.CreateAsync(record, new byte[] { 1 });

        (await Log.CreateAsync(NewChannel() with { Id = record.Id }, new byte[] { 2 })).ShouldBe(ChannelCreation.IdTaken);
        var named = NewChannel() with { Name = record.Name };
        (await Log.CreateAsync(named, new byte[] { 2 })).ShouldBe(ChannelCreation.NameTaken);

        (await Log.LoadAsync(named.Id)).ShouldBeNull();
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().State.ToArray().ShouldBe([1]);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_many_who_create_under_one_name_at_once_one_succeeds()
    {
        var name = NewChannel().Name;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Log.CreateAsync(NewChannel() with { Name = name }, new byte[] { 1 })));

        outcomes.Count(outcome => outcome == ChannelCreation.Created).ShouldBe(1);
        outcomes.Count(outcome => outcome == ChannelCreation.NameTaken).ShouldBe(19);
    }

    [Fact(Timeout = Patience)]
    public async Task Entries_are_read_as_they_were_written_and_in_order()
    {
        var record = await NewAsync();
        var written = new LogEntry[] { Message(1), Commit(2, 0), Message(3, 1, size: 100_000), Message(4, 1), Commit(5, 1), Message(6, 2) };
        await AppendAsync(record.Id, written);

        var read = await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue);

        read.Count.ShouldBe(written.Length);
        for (var i = 0; i < written.Length; i++)
            read[i].ShouldBeTheSame(written[i]);
        (await Log.ReadAsync(record.Id, new Sequence(4), int.MaxValue)).Select(entry => entry.Sequence.Value).ShouldBe([5, 6]);
        (await Log.ReadAsync(record.Id, new Sequence(6), int.MaxValue)).ShouldBeEmpty();
        (await Log.ReadAsync(NewChannel().Id, Sequence.Start, int.MaxValue)).ShouldBeEmpty();
    }

    [Fact(Timeout = Patience)]
    public async Task A_read_takes_as_many_as_fit_and_one_at_least()
    {
        var record = await NewAsync();
        await AppendAsync(record.Id, [.. Enumerable.Range(1, 10).Select(i => Message((ulong)i, size: 1_000))]);

        (await Log.ReadAsync(record.Id, Sequence.Start, 1)).Count.ShouldBe(1);
        (await Log.ReadAsync(record.Id, Sequence.Start, 3_500)).Count.ShouldBe(3);
        (await Log.ReadAsync(record.Id, new Sequence(8), 3_500)).Count.ShouldBe(2);
    }

    [Fact(Timeout = Patience)]
    public async Task An_entry_that_is_not_the_next_or_not_of_the_epoch_is_a_conflict_and_changes_nothing()
    {
        var record = await NewAsync();
        await AppendAsync(record.Id, [Message(1), Commit(2, 0)]);

        foreach (var wrong in new[] { Message(2, 1), Message(4, 1), Message(3, 0), Message(3, 2) })
            (await Should.ThrowAsync<ChannelLogException>(() => Log.AppendAsync(record.Id, wrong))).Error.ShouldBe(ChannelLogError.Conflict);
        (await Should.ThrowAsync<ChannelLogException>(() => Log.AppendAsync(record.Id, Commit(3, 0), Change(9)))).Error.ShouldBe(ChannelLogError.Conflict);
        (await Should.ThrowAsync<ChannelLogException>(() => Log.AppendAsync(NewChannel().Id, Message(1)))).Error.ShouldBe(ChannelLogError.Conflict);

        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.Last, stored.Epoch).ShouldBe((new Sequence(2), new Epoch(1)));
        await Log.AppendAsync(record.Id, Message(3, 1));
    }

    [Fact(Timeout = Patience)]
    public async Task A_commit_leads_to_the_next_epoch_with_its_state_its_members_and_its_Welcome()
    {
        var record = await NewAsync();
        var (joiner, another) = (AgentNumber(Random.Shared.Next()), AgentNumber(Random.Shared.Next()));

        await Log.AppendAsync(record.Id, Commit(1, 0), Change(7, added: [joiner, another]));

        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.Epoch, stored.State.ToArray()[0]).ShouldBe((new Epoch(1), (byte)7));
        (await Log.ReadChannelsAsync(joiner)).ShouldBe([record.Id]);
        (await Log.ReadLoadAsync(joiner)).ShouldBe(new AgentLoad(1, 1));
        var welcome = (await Log.ReadWelcomesAsync(joiner)).ShouldHaveSingleItem();
        (welcome.ChannelId, welcome.Name, welcome.Sequence).ShouldBe((record.Id, record.Name, new Sequence(1)));
        welcome.Welcome.ToArray().ShouldBe([0xee, 7]);

        await Log.AppendAsync(record.Id, Commit(2, 1), Change(8, removed: [joiner]));

        (await Log.ReadChannelsAsync(joiner)).ShouldBeEmpty();
        (await Log.ReadLoadAsync(joiner)).ShouldBe(new AgentLoad(0, 1));
        (await Log.ReadChannelsAsync(another)).ShouldBe([record.Id]);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_goes_round_all_channels_meets_each_once()
    {
        var made = new List<ChannelId>();
        for (var i = 0; i < 5; i++)
            made.Add((await NewAsync()).Id);
        made.Add(new ChannelId(Enumerable.Repeat((byte)0xff, ChannelId.Size).ToArray()));
        await Log.CreateAsync(NewChannel() with { Id = made[^1] }, new byte[] { 1 }); // May be there already, where the log is shared.

        var met = new List<ChannelId>();
        while (await Log.ReadIdsAsync(met.Count == 0 ? null : met[^1], 2) is { Count: > 0 } next)
        {
            next.Count.ShouldBeLessThanOrEqualTo(2);
            met.AddRange(next);
        }
        met.ShouldBe(met.OrderBy(id => Convert.ToHexString(id.Bytes.Span)).Distinct());
        made.ShouldBeSubsetOf(met);
    }

    [Fact(Timeout = Patience)]
    public async Task A_Welcome_waits_until_it_is_removed_and_each_recipients_by_itself()
    {
        var record = await NewAsync();
        var (first, second) = (AgentNumber(Random.Shared.Next()), AgentNumber(Random.Shared.Next()));
        await Log.AppendAsync(record.Id, Commit(1, 0), Change(1, added: [first, second]));

        await Log.RemoveWelcomeAsync(first, record.Id, new Sequence(9)); // Another one's place.
        (await Log.ReadWelcomesAsync(first)).Count.ShouldBe(1);
        await Log.RemoveWelcomeAsync(first, record.Id, new Sequence(1));
        await Log.RemoveWelcomeAsync(first, record.Id, new Sequence(1));

        (await Log.ReadWelcomesAsync(first)).ShouldBeEmpty();
        (await Log.ReadWelcomesAsync(second)).ShouldHaveSingleItem().Welcome.ToArray().ShouldBe([0xee, 1]);
    }

    [Fact(Timeout = Patience)]
    public async Task A_later_Welcome_of_the_channel_takes_the_place_of_an_earlier_one()
    {
        var record = await NewAsync();
        var (joiner, other) = (AgentNumber(Random.Shared.Next()), AgentNumber(Random.Shared.Next()));
        await Log.AppendAsync(record.Id, Commit(1, 0), Change(1, added: [joiner, other]));
        await Log.AppendAsync(record.Id, Commit(2, 1), Change(2, added: [joiner], removed: [joiner]));

        (await Log.ReadWelcomesAsync(joiner)).ShouldHaveSingleItem().Sequence.ShouldBe(new Sequence(2));
        (await Log.ReadWelcomesAsync(other)).ShouldHaveSingleItem().Sequence.ShouldBe(new Sequence(1));
        (await Log.ReadChannelsAsync(joiner)).ShouldBe([record.Id]);
    }

    [Fact(Timeout = Patience)]
    public async Task A_message_is_found_by_its_sender_and_id_and_a_commit_by_its_epoch()
    {
        var record = await NewAsync();
        var id = NewMessageId();
        var commit = Commit(2, 0);
        await AppendAsync(record.Id, [Message(1, id: id), commit]);

        (await Log.FindMessageAsync(record.Id, AgentNumber(0), id)).ShouldBe(new Sequence(1));
        (await Log.FindMessageAsync(record.Id, AgentNumber(1), id)).ShouldBeNull();
        (await Log.FindMessageAsync(record.Id, AgentNumber(0), NewMessageId())).ShouldBeNull();
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldNotBeNull().ShouldBeTheSame(commit);
        (await Log.FindCommitAsync(record.Id, new Epoch(1))).ShouldBeNull();
    }

    [Fact(Timeout = Patience)]
    public async Task Acknowledgements_go_forward_only()
    {
        var record = await NewAsync();
        await Log.AcknowledgeAsync(record.Id, new Dictionary<AgentId, Sequence> { [AgentNumber(1)] = new(5), [AgentNumber(2)] = new(1) });
        await Log.AcknowledgeAsync(record.Id, new Dictionary<AgentId, Sequence> { [AgentNumber(1)] = new(3), [AgentNumber(2)] = new(2) });

        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Acknowledged
            .ShouldBe(new Dictionary<AgentId, Sequence> { [AgentNumber(1)] = new(5), [AgentNumber(2)] = new(2) }, ignoreOrder: true);
    }

    [Fact(Timeout = Patience)]
    public async Task Trimmed_entries_are_gone_and_commits_outlive_messages()
    {
        var record = await NewAsync();
        var id = NewMessageId();
        await AppendAsync(record.Id, [Message(1, id: id), Commit(2, 0), Message(3, 1), Commit(4, 1), Message(5, 2), Message(6, 2)]);

        (await Log.TrimAsync(record.Id, messages: new Sequence(5), commits: new Sequence(2))).ShouldBe(800);

        (await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue)).Select(entry => entry.Sequence.Value).ShouldBe([4, 6]);
        (await Log.FindMessageAsync(record.Id, AgentNumber(0), id)).ShouldBeNull();
        (await Log.FindCommitAsync(record.Id, new Epoch(0))).ShouldBeNull();
        (await Log.FindCommitAsync(record.Id, new Epoch(1))).ShouldNotBeNull();
        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.MessagesTrimmed, stored.CommitsTrimmed, stored.Last, stored.Bytes).ShouldBe((new Sequence(5), new Sequence(2), new Sequence(6), 600L));
    }

    [Fact(Timeout = Patience)]
    public async Task A_trim_of_everything_leaves_the_order_and_the_newest_commit()
    {
        var record = await NewAsync();
        await AppendAsync(record.Id, [Message(1), Commit(2, 0), Commit(3, 1), Message(4, 2)]);

        await Log.TrimAsync(record.Id, new Sequence(1_000), new Sequence(1_000));

        (await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue)).Select(entry => entry.Sequence.Value).ShouldBe([3]);
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Last.ShouldBe(new Sequence(4));
        await Log.AppendAsync(record.Id, Message(5, 2));
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Bytes.ShouldBe(600);
    }

    [Fact(Timeout = Patience)]
    public async Task A_long_trim_takes_all_that_it_was_asked_to()
    {
        var record = await NewAsync();
        await Task.WhenAll(Enumerable.Range(1, 10_000).Select(i => Log.AppendAsync(record.Id, Message((ulong)i, size: 10))));

        await Log.TrimAsync(record.Id, new Sequence(9_999), Sequence.Start);

        (await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue)).Select(entry => entry.Sequence.Value).ShouldBe([10_000]);
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Bytes.ShouldBe(10);
    }

    [Fact(Timeout = Patience)]
    public async Task Appends_under_way_at_once_are_stored_in_the_order_of_the_calls()
    {
        var records = new List<ChannelRecord>();
        for (var i = 0; i < 20; i++)
            records.Add(await NewAsync());

        var appends = new List<Task>();
        for (ulong sequence = 1; sequence <= 200; sequence++)
            appends.AddRange(records.Select(record => Log.AppendAsync(record.Id, Message(sequence))));
        await Task.WhenAll(appends);

        foreach (var record in records)
            (await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue)).Select(entry => (int)entry.Sequence.Value).ShouldBe(Enumerable.Range(1, 200));
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_is_stored_behind_an_append_that_failed()
    {
        var record = await NewAsync();

        var appends = new[] { Log.AppendAsync(record.Id, Message(1)), Log.AppendAsync(record.Id, Message(2, epoch: 5)), Log.AppendAsync(record.Id, Message(3)) };

        await appends[0];
        (await Should.ThrowAsync<ChannelLogException>(() => appends[1])).Error.ShouldBe(ChannelLogError.Conflict);
        (await Should.ThrowAsync<ChannelLogException>(() => appends[2])).Error.ShouldBe(ChannelLogError.Conflict);
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Last.ShouldBe(new Sequence(1));
    }

    protected async Task<ChannelRecord> NewAsync()
    {
        var record = NewChannel();
        (await Log.CreateAsync(record, new byte[] { 0 })).ShouldBe(ChannelCreation.Created);
        return record;
    }

    private async Task AppendAsync(ChannelId channel, LogEntry[] entries)
    {
        foreach (var entry in entries)
            await Log.AppendAsync(channel, entry, entry is CommitEntry ? Change(1) : null);
    }
}
