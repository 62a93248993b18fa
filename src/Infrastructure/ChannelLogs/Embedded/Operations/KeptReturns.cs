using RocksDbSharp;
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
        foreach (var key in batch.Read(database => Collect(database, Keys.Prefix('b', channel.Bytes.Span), from, to)))
            batch.Delete(key);
    }

    private static List<byte[]> Collect(RocksDb database, byte[] prefix, Sequence from, Sequence to)
    {
        var found = new List<byte[]>();
        if (from >= to)
            return found;
        using var iterator = database.NewIterator();
        for (iterator.Seek([.. prefix, .. StoredSequence.Write(from)]); iterator.Valid(); iterator.Next())
        {
            var key = iterator.Key();
            if (!key.AsSpan().StartsWith(prefix) || Keys.NumberOf(key) >= to.Value)
                break;
            found.Add(key);
        }
        return found;
    }
}
