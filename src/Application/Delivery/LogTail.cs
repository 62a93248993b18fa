using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The newest entries of a channel, for receivers that keep up; the rest they read from the log. The channel's lock guards it.</summary>
internal sealed class LogTail(Sequence last)
{
    private const int MaxEntries = 256;
    private const int MaxBytes = 256 << 10;

    private readonly LogEntry[] _ring = new LogEntry[MaxEntries];
    private Sequence _last = last;
    private int _count;
    private long _bytes;

    internal void Add(LogEntry entry)
    {
        if (_count == MaxEntries)
            Forget();
        _last = entry.Sequence;
        _ring[Slot(entry.Sequence.Value)] = entry;
        _count++;
        _bytes += entry.Encoded.Length;
        while (_bytes > MaxBytes && _count > 1)
            Forget();
    }

    /// <summary>Entries behind a place up to another, or as many as fit; null where they are not all here.</summary>
    internal IReadOnlyList<LogEntry>? TryRead(Sequence after, Sequence upTo, int maxBytes)
    {
        if (after.Value + (ulong)_count < _last.Value)
            return null;
        var entries = new List<LogEntry>();
        long bytes = 0;
        for (var sequence = after.Value + 1; sequence <= upTo.Value; sequence++)
        {
            var entry = _ring[Slot(sequence)];
            bytes += entry.Encoded.Length;
            if (entries.Count > 0 && bytes > maxBytes)
                break;
            entries.Add(entry);
        }
        return entries;
    }

    private void Forget()
    {
        var oldest = Slot(_last.Value - (ulong)_count + 1);
        _bytes -= _ring[oldest].Encoded.Length;
        _ring[oldest] = null!;
        _count--;
    }

    private static int Slot(ulong sequence) => (int)(sequence % MaxEntries);
}
