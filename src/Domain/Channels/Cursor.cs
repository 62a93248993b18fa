using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// One receiver's place in a channel's log, within one stay. It holds no entries: a receiver that is slow lags and costs
/// nothing. One caller takes; another may acknowledge meanwhile.
/// </summary>
public sealed class Cursor
{
    private readonly ChannelLog _log;
    private readonly Stay _stay;
    private ulong _position;

    internal Cursor(ChannelLog log, Stay stay, Sequence after)
    {
        _log = log;
        _stay = stay;
        Position = after > stay.JoinedAfter ? after : stay.JoinedAfter;
    }

    /// <summary>The last entry that was taken, or the one that the cursor started behind.</summary>
    public Sequence Position
    {
        get => new(Volatile.Read(ref _position));
        private set => Volatile.Write(ref _position, value.Value);
    }

    /// <summary>True when the agent was removed and has been given all that it may see.</summary>
    public bool IsOver => _stay.RemovedAt is { } end && Position >= end;

    /// <summary>The next entries, oldest first; none at the tail.</summary>
    public ReadOnlyMemory<LogEntry> Take(int maxEntries)
    {
        // The newest first and the end of the stay after it: the end is set before the commit that brings it is there.
        var last = _log.Last;
        if (_stay.RemovedAt is { } end && end < last)
            last = end;
        var taken = _log.Read(Position, last, maxEntries);
        Position = new Sequence(Position.Value + (ulong)taken.Length);
        return taken;
    }

    /// <summary>The agent has stored or shown everything up to here.</summary>
    /// <returns>False: that was not delivered yet.</returns>
    public bool TryAcknowledge(Sequence sequence)
    {
        if (sequence > Position)
            return false;
        _stay.Acknowledge(sequence);
        return true;
    }
}
