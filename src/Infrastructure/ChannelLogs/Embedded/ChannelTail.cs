using RocksDbSharp;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>Where a channel's next entry goes.</summary>
internal readonly record struct ChannelTail(Sequence Last, Epoch Epoch, ulong Total)
{
    /// <summary>Looks it up; null where there is no such channel.</summary>
    internal static ChannelTail? Find(RocksDb database, ChannelId channel)
    {
        if (database.Get(Keys.State(channel)) is not { } state)
            return null;
        var trim = StoredTrim.Read(database.Get(Keys.Trim(channel)));
        var (last, total) = (trim.Last, trim.Total);
        foreach (var sort in "mc")
        {
            if (Newest(database, Keys.Prefix(sort, channel.Bytes.Span)) is { } newest && newest.Sequence > last)
                (last, total) = newest;
        }
        return new ChannelTail(last, StoredState.Read(state).Epoch, total);
    }

    internal ChannelTail Behind(LogEntry entry, GroupChange? change) =>
        new(entry.Sequence, GroupChange.EpochBehind(entry, change), Total + (ulong)entry.Encoded.Length);

    internal ChannelLogException? Judge(LogEntry entry) => entry.Sequence == Last.Next && entry.Epoch == Epoch
        ? null
        : new ChannelLogException(ChannelLogError.Conflict, $"The channel's newest entry is {Last} in epoch {Epoch}; {entry.Sequence} of epoch {entry.Epoch} does not follow.");

    private static (Sequence Sequence, ulong Total)? Newest(RocksDb database, byte[] prefix)
    {
        using var iterator = database.NewIterator();
        iterator.SeekForPrev([.. prefix, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        return iterator.Valid() && iterator.Key().AsSpan().StartsWith(prefix)
            ? (new Sequence(Keys.NumberOf(iterator.Key())), StoredEntry.TotalOf(iterator.Value()))
            : null;
    }
}
