using System.Collections.Immutable;
using RocksDbSharp;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>What is known of entries that are void: their ids and epochs may be given again, their Welcomes wait for nobody. The entries stay.</summary>
internal static class VoidedPart
{
    internal static void Forget(LogBatch batch, ChannelId channel, VoidedEntries voids, ImmutableArray<AgentId> removed)
    {
        foreach (var (sequence, value) in batch.Read(database => From(database, Keys.Prefix('m', channel.Bytes.Span), voids.From)))
        {
            var message = StoredEntry.ReadMessage(sequence, value, batch.Agents);
            ForgetPlace(batch, Keys.MessageIndex(channel, batch.Agents.KeyOf(message.Sender), message.MessageId), sequence);
        }
        foreach (var (sequence, value) in batch.Read(database => From(database, Keys.Prefix('c', channel.Bytes.Span), voids.From)))
        {
            if (StoredEntry.ReadCommit(sequence, value, batch.Agents) is CommitEntry commit)
                ForgetPlace(batch, Keys.Ended(channel, commit.Epoch), sequence);
        }
        var waiting = removed.Where(agent => batch.Get(Keys.Waiting(batch.Agents.KeyOf(agent), channel)) is { } value && StoredSequence.Read(value) >= voids.From).ToList();
        WaitingWelcomes.Replace(batch, channel, waiting);
        foreach (var agent in waiting)
            batch.Delete(Keys.Waiting(batch.Agents.KeyOf(agent), channel));
    }

    /// <summary>Deletes what leads to a place, unless it leads to another by now.</summary>
    internal static void ForgetPlace(LogBatch batch, byte[] key, Sequence place)
    {
        if (batch.Get(key) is { } value && StoredSequence.Read(value) == place)
            batch.Delete(key);
    }

    private static List<(Sequence Sequence, byte[] Value)> From(RocksDb database, byte[] prefix, Sequence from)
    {
        var found = new List<(Sequence, byte[])>();
        using var iterator = database.NewIterator();
        for (iterator.Seek([.. prefix, .. StoredSequence.Write(from)]); iterator.Valid() && iterator.Key().AsSpan().StartsWith(prefix); iterator.Next())
            found.Add((new Sequence(Keys.NumberOf(iterator.Key())), iterator.Value()));
        return found;
    }
}
