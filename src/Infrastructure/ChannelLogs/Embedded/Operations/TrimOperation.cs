using RocksDbSharp;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>Forgets some entries; a long trim is several of these, so that nobody waits behind it.</summary>
internal sealed class TrimOperation(ChannelId channel, Sequence messages, Sequence commits) : LogOperation
{
    private const int MaxEntries = 4096;

    /// <summary>Bytes of the frames that went.</summary>
    internal long Bytes { get; private set; }

    /// <summary>True when all that was asked for is gone.</summary>
    internal bool IsOver { get; private set; }

    internal override bool IsAlone => true;

    internal override bool MayBeLost => true;

    internal override void AddTo(LogBatch batch)
    {
        if (batch.TailOf(channel) is not { } tail)
        {
            IsOver = true;
            return;
        }
        var before = StoredTrim.Read(batch.Get(Keys.Trim(channel)));
        var (messagesTo, messageBytes, messagesOver) = Some(batch, 'm', before.Messages, messages < tail.Last ? messages : tail.Last);
        var (commitsTo, commitBytes, commitsOver) = Some(batch, 'c', before.Commits, commits < BeforeNewest(batch) ? commits : BeforeNewest(batch));
        IsOver = messagesOver && commitsOver;
        Bytes = (long)(messageBytes + commitBytes);
        VoidedPart.Trim(batch, channel, messagesTo < commitsTo ? messagesTo : commitsTo);
        batch.Put(Keys.Trim(channel), new StoredTrim(messagesTo, commitsTo, before.Bytes + messageBytes + commitBytes, tail.Last, tail.Total).Write());
    }

    /// <summary>Deletes entries of one sort from behind a place up to another, or as many as one batch takes.</summary>
    private (Sequence To, ulong Bytes, bool IsOver) Some(LogBatch batch, char sort, Sequence from, Sequence to)
    {
        if (to <= from)
            return (from, 0, true);
        var entries = batch.Read(database => Collect(database, sort, from, to));
        ulong bytes = 0;
        foreach (var (key, value) in entries)
        {
            batch.Delete(key);
            var sequence = new Sequence(Keys.NumberOf(key));
            if (sort == 'm')
            {
                var message = StoredEntry.ReadMessage(sequence, value, batch.Agents);
                ForgetPlace(batch, Keys.MessageIndex(channel, batch.Agents.KeyOf(message.Sender), message.MessageId), sequence);
                bytes += (ulong)message.Encoded.Length;
            }
            else
            {
                var commit = StoredEntry.ReadCommit(sequence, value, batch.Agents);
                if (commit is CommitEntry)
                    ForgetPlace(batch, Keys.Ended(channel, commit.Epoch), sequence);
                bytes += (ulong)commit.Encoded.Length;
            }
        }
        return entries.Count < MaxEntries ? (to, bytes, true) : (new Sequence(Keys.NumberOf(entries[^1].Key)), bytes, false);
    }

    /// <summary>Deletes what leads to a place, unless it leads to another by now.</summary>
    private static void ForgetPlace(LogBatch batch, byte[] key, Sequence place)
    {
        if (batch.Get(key) is { } value && StoredSequence.Read(value) == place)
            batch.Delete(key);
    }

    private List<(byte[] Key, byte[] Value)> Collect(RocksDb database, char sort, Sequence from, Sequence to)
    {
        var prefix = Keys.Prefix(sort, channel.Bytes.Span);
        var found = new List<(byte[], byte[])>();
        using var iterator = database.NewIterator();
        for (iterator.Seek([.. prefix, .. StoredSequence.Write(from.Next)]); iterator.Valid() && found.Count < MaxEntries; iterator.Next())
        {
            var key = iterator.Key();
            if (!key.AsSpan().StartsWith(prefix) || Keys.NumberOf(key) > to.Value)
                break;
            found.Add((key, iterator.Value()));
        }
        return found;
    }

    /// <summary>The place before the newest commit, which stays.</summary>
    private Sequence BeforeNewest(LogBatch batch) => batch.Read(database =>
    {
        var prefix = Keys.Prefix('c', channel.Bytes.Span);
        using var iterator = database.NewIterator();
        iterator.SeekForPrev([.. prefix, .. StoredSequence.Write(new Sequence(ulong.MaxValue))]);
        return iterator.Valid() && iterator.Key().AsSpan().StartsWith(prefix) ? new Sequence(Keys.NumberOf(iterator.Key()) - 1) : Sequence.Start;
    });
}
