using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>A Welcome is stored once for all whom it adds, and goes with the last that it waits for.</summary>
internal static class WaitingWelcomes
{
    /// <summary>Whatever waits for these agents in the channel gives way to what follows in the batch.</summary>
    internal static void Replace(LogBatch batch, ChannelId channel, IEnumerable<AgentId> agents)
    {
        var given = agents
            .Select(agent => batch.Get(Keys.Waiting(batch.Agents.KeyOf(agent), channel)))
            .OfType<byte[]>()
            .GroupBy(value => StoredSequence.Read(value), (sequence, values) => (Sequence: sequence, Count: values.Count()));
        foreach (var (sequence, count) in given)
            Release(batch, channel, sequence, (uint)count);
    }

    /// <summary>So many agents less wait for the Welcome of a commit.</summary>
    internal static void Release(LogBatch batch, ChannelId channel, Sequence sequence, uint count)
    {
        var key = Keys.Welcome(channel, sequence);
        if (batch.Get(key) is not { } value)
            return;
        var welcome = StoredWelcome.Read(value);
        if (welcome.Waiting <= count)
            batch.Delete(key);
        else
            batch.Put(key, (welcome with { Waiting = welcome.Waiting - count }).Write());
    }
}
