using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

internal sealed class CreateOperation(ChannelRecord record, ReadOnlyMemory<byte> state) : LogOperation
{
    internal ChannelCreation Outcome { get; private set; }

    internal override bool IsAlone => true;

    internal override void AddTo(LogBatch batch)
    {
        if (batch.Get(Keys.Record(record.Id)) is not null)
        {
            Outcome = ChannelCreation.IdTaken;
            return;
        }
        if (batch.Get(Keys.Name(record.Name)) is not null)
        {
            Outcome = ChannelCreation.NameTaken;
            return;
        }
        batch.Put(Keys.Name(record.Name), record.Id.Bytes.Span);
        batch.Put(Keys.Record(record.Id), StoredRecord.Write(record));
        batch.Put(Keys.State(record.Id), new StoredState(new Epoch(0), state).Write());
        batch.Put(Keys.Member(batch.Agents.KeyOf(record.Creator), record.Id), []);
        batch.Moved(record.Id, new ChannelTail(Sequence.Start, new Epoch(0), 0));
        Outcome = ChannelCreation.Created;
    }
}
