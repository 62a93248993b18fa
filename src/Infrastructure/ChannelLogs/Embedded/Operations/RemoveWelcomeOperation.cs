using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

internal sealed class RemoveWelcomeOperation(AgentId agent, ChannelId channel, Sequence sequence) : LogOperation
{
    internal override bool IsAlone => true;

    internal override void AddTo(LogBatch batch)
    {
        var key = Keys.Waiting(batch.Agents.KeyOf(agent), channel);
        if (batch.Get(key) is not { } waiting || StoredSequence.Read(waiting) != sequence)
            return;
        batch.Delete(key);
        WaitingWelcomes.Release(batch, channel, sequence, count: 1);
    }
}
