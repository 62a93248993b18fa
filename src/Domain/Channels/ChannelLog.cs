using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// A channel's entries in their order, one log for all receivers. One writer at a time (the channel's lock sees to that)
/// and any number of readers, who take no lock: an entry stands in the array before the count that includes it does.
/// </summary>
public sealed class ChannelLog
{
    /// <summary>What an entry is taken to cost beside its frame, in bytes: objects and the index of message ids.</summary>
    public const int EntryOverhead = 256;

    private readonly Dictionary<(AgentId Sender, MessageId Id), Sequence> _messages = [];
    private LogEntry[] _entries = new LogEntry[16];
    private int _count;

    /// <summary>The newest entry's place.</summary>
    public Sequence Last => new((ulong)Volatile.Read(ref _count));

    /// <summary>Bytes kept, overhead included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Entries behind a place, oldest first, as a view of the log.</summary>
    /// <param name="upTo">The last one wanted; none behind the newest is returned.</param>
    public ReadOnlyMemory<LogEntry> Read(Sequence after, Sequence upTo, int maxEntries)
    {
        // The count first: the array that is read after it holds at least that many.
        var end = (int)Math.Min(upTo.Value, (ulong)Volatile.Read(ref _count));
        var entries = Volatile.Read(ref _entries);
        return after.Value < (ulong)end
            ? entries.AsMemory((int)after.Value, Math.Min(maxEntries, end - (int)after.Value))
            : default;
    }

    /// <summary>Where a sender's message stands, if it does.</summary>
    internal Sequence? Find(AgentId sender, MessageId id) => _messages.TryGetValue((sender, id), out var sequence) ? sequence : null;

    internal bool HasRoomFor(int frameSize, ChannelLimits limits) => Bytes + frameSize + EntryOverhead <= limits.BytesPerChannel;

    internal void Append(LogEntry entry)
    {
        if (entry.Sequence != Last.Next)
            throw new ArgumentException($"Entry {entry.Sequence} does not follow {Last}.", nameof(entry));
        if (_count == _entries.Length)
        {
            var grown = new LogEntry[2 * _entries.Length];
            _entries.CopyTo(grown, 0);
            Volatile.Write(ref _entries, grown);
        }
        _entries[_count] = entry;
        Bytes += entry.Encoded.Length + EntryOverhead;
        if (entry is MessageEntry message)
            _messages.Add((message.Sender, message.MessageId), message.Sequence);
        Volatile.Write(ref _count, _count + 1);
    }
}
