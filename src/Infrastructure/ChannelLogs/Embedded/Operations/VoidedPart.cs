using RocksDbSharp;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>
/// Which entries are void: their ids and epochs may be given again, their Welcomes wait for nobody. The entries stay, and what
/// leads to them until something else takes its place; each part is one key, however many they are.
/// </summary>
internal static class VoidedPart
{
    /// <param name="by">The entry that says so; everything before it, from where the part begins, is void.</param>
    internal static void Mark(LogBatch batch, ChannelId channel, VoidedEntries voids, Sequence by)
    {
        // Parts that were void before lie before this one or in it, so that those which are kept never overlap.
        foreach (var inner in batch.KeysOf('x', channel, voids.From, by))
            batch.Delete(inner);
        batch.Put(Keys.Voided(channel, voids.From), StoredSequence.Write(by));
        var waiting = voids.Joined.Where(agent => batch.Get(Keys.Waiting(batch.Agents.KeyOf(agent), channel)) is { } value && StoredSequence.Read(value) >= voids.From).ToList();
        WaitingWelcomes.Replace(batch, channel, waiting);
        foreach (var agent in waiting)
            batch.Delete(Keys.Waiting(batch.Agents.KeyOf(agent), channel));
    }

    /// <summary>True when the entry at this place is void.</summary>
    internal static bool Contains(RocksDb database, ChannelId channel, Sequence place)
    {
        using var iterator = database.NewIterator();
        iterator.SeekForPrev(Keys.Voided(channel, place));
        return iterator.Valid() && iterator.Key().AsSpan().StartsWith(Keys.Prefix('x', channel.Bytes.Span)) && place < StoredSequence.Read(iterator.Value());
    }

    /// <summary>Forgets parts of which no entry is left.</summary>
    /// <param name="gone">Entries up to here are.</param>
    internal static void Trim(LogBatch batch, ChannelId channel, Sequence gone)
    {
        foreach (var part in batch.KeysOf('x', channel, Sequence.Start, gone.Next))
        {
            if (StoredSequence.Read(batch.Get(part)) <= gone.Next)
                batch.Delete(part);
        }
    }
}
