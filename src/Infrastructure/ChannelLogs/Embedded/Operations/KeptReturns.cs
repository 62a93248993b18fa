using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>What is kept of a channel before each commit that may be voided.</summary>
internal static class KeptReturns
{
    /// <summary>Keeps what the entry brings, and forgets what is before commits that stand or are void.</summary>
    internal static void Change(LogBatch batch, ChannelId channel, Sequence entry, GroupChange change)
    {
        Forget(batch, channel, Sequence.Start, change.KeptFrom);
        if (change.Voids is { } voids)
            Forget(batch, channel, voids.From, entry);
        if (change.Before is { } before)
            batch.Put(Keys.Before(channel, entry), before.Span);
    }

    private static void Forget(LogBatch batch, ChannelId channel, Sequence from, Sequence to)
    {
        foreach (var key in batch.KeysOf('b', channel, from, to))
            batch.Delete(key);
    }
}
