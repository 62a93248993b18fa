using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using static Skytale.Conformance.ChannelLogs.LogKit;

namespace Skytale.Conformance.ChannelLogs;

/// <summary>What a log keeps that outlives its process.</summary>
public abstract class DurableChannelLogConformance : ChannelLogConformance
{
    [Fact(Timeout = Patience)]
    public async Task What_was_stored_is_there_when_the_log_is_opened_again()
    {
        var record = await NewAsync();
        var joiner = AgentNumber(Random.Shared.Next());
        var written = new LogEntry[] { Message(1), Commit(2, 0), Message(3, 1) };
        await Log.AppendAsync(record.Id, written[0]);
        await Log.AppendAsync(record.Id, written[1], Change(3, added: [joiner]) with { Before = new byte[] { 2, 2 }, KeptFrom = new Sequence(2) });
        await Log.AppendAsync(record.Id, written[2]);
        await Log.AcknowledgeAsync(record.Id, new Dictionary<AgentId, Sequence> { [joiner] = new(2) });
        await Log.TrimAsync(record.Id, new Sequence(1), Sequence.Start);

        await Log.DisposeAsync();
        Log = await OpenAsync();

        var stored = (await Log.LoadAsync(record.Id)).ShouldNotBeNull();
        (stored.Record, stored.Epoch, stored.Last, stored.MessagesTrimmed).ShouldBe((record, new Epoch(1), new Sequence(3), new Sequence(1)));
        stored.State.ToArray().ShouldBe([3]);
        (await Log.ReadBeforeAsync(record.Id, new Sequence(2))).ShouldBe([2, 2]);
        stored.Acknowledged.ShouldBe(new Dictionary<AgentId, Sequence> { [joiner] = new(2) });
        var read = await Log.ReadAsync(record.Id, Sequence.Start, int.MaxValue);
        read.Count.ShouldBe(2);
        read[0].ShouldBeTheSame(written[1]);
        read[1].ShouldBeTheSame(written[2]);
        (await Log.ReadWelcomesAsync(joiner)).Count.ShouldBe(1);
        (await Log.CreateAsync(NewChannel() with { Name = record.Name }, new byte[] { 2 })).ShouldBe(ChannelCreation.NameTaken);
        await Log.AppendAsync(record.Id, Message(4, 1));
    }
}
