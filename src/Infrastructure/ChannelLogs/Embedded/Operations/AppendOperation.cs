using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>A message, a commit or a notice, with what it changes.</summary>
internal sealed class AppendOperation(ChannelId channel, LogEntry entry, GroupChange? change) : LogOperation
{
    internal override bool IsAlone => change is not null;

    internal override int Size => entry.Encoded.Length + 256;

    internal override void AddTo(LogBatch batch)
    {
        if (batch.TailOf(channel) is not { } tail)
            throw new ChannelLogException(ChannelLogError.Conflict, "There is no such channel.");
        if (tail.Judge(entry) is { } conflict)
            throw conflict;
        var sender = batch.Agents.KeyOf(entry.Sender);
        var next = tail.Behind(entry, change);
        var value = batch.ValueOf(StoredEntry.SizeOf(entry));
        StoredEntry.Write(value, entry, sender, next.Total);
        var place = StoredSequence.Write(entry.Sequence);
        switch (entry)
        {
            case MessageEntry message:
                batch.Put(Keys.Message(channel, entry.Sequence), value);
                batch.Put(Keys.MessageIndex(channel, sender, message.MessageId), place);
                break;
            case CommitEntry:
                batch.Put(Keys.Commit(channel, entry.Sequence), value);
                batch.Put(Keys.Ended(channel, entry.Epoch), place);
                break;
            case NoticeEntry:
                batch.Put(Keys.Commit(channel, entry.Sequence), value);
                break;
        }
        if (change is not null)
            AddChange(batch, next, change);
        batch.Moved(channel, next);
    }

    private void AddChange(LogBatch batch, ChannelTail next, GroupChange group)
    {
        if (group.Voids is { } voids)
            VoidedPart.Mark(batch, channel, voids, entry.Sequence);
        KeptReturns.Change(batch, channel, entry.Sequence, group);
        batch.Put(Keys.State(channel), new StoredState(next.Epoch, group.State).Write());
        foreach (var agent in group.Removed)
            batch.Delete(Keys.Member(batch.Agents.KeyOf(agent), channel));
        foreach (var agent in group.Added)
            batch.Put(Keys.Member(batch.Agents.KeyOf(agent), channel), []);
        if (group.Welcome is not { } welcome)
            return;
        WaitingWelcomes.Replace(batch, channel, group.Added);
        foreach (var agent in group.Added)
            batch.Put(Keys.Waiting(batch.Agents.KeyOf(agent), channel), StoredSequence.Write(entry.Sequence));
        batch.Put(Keys.Welcome(channel, entry.Sequence), new StoredWelcome((uint)group.Added.Length, welcome).Write());
    }
}
