using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

internal sealed class AcknowledgeOperation(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged) : LogOperation
{
    internal override bool MayBeLost => true;

    internal override int Size => 64 * acknowledged.Count;

    internal override void AddTo(LogBatch batch)
    {
        foreach (var (agent, sequence) in acknowledged)
        {
            if (sequence > batch.AcknowledgedBy(channel, agent))
                batch.Acknowledge(channel, agent, sequence);
        }
    }
}
