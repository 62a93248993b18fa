namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>What is due now and then. Loop thread only.</summary>
internal interface ITimed
{
    /// <summary>When <see cref="OnTimer"/> is due; <see cref="ulong.MaxValue"/>: never.</summary>
    ulong Expiry { get; }

    /// <summary>The timer queue's own note: the earliest entry that it holds of this.</summary>
    ulong ScheduledAt { get; set; }

    void OnTimer(ulong now);
}

/// <summary>
/// What is due when. A connection's expiry moves with every packet, so that an entry is only added when the
/// new time is earlier than the earliest entry; a popped entry that is no longer true is put right. The later ones that
/// an earlier one has overtaken are forgotten when they are as many as the others.
/// </summary>
internal sealed class TimerQueue
{
    private const int WorthForgetting = 64;

    private readonly PriorityQueue<ITimed, ulong> _entries = new();
    private int _most = WorthForgetting;

    internal ulong Next => _entries.TryPeek(out _, out var at) ? at : ulong.MaxValue;

    /// <summary>Entries, true or not.</summary>
    internal int Count => _entries.Count;

    internal void Schedule(ITimed timed)
    {
        if (timed.Expiry >= timed.ScheduledAt)
            return;
        timed.ScheduledAt = timed.Expiry;
        _entries.Enqueue(timed, timed.Expiry);
        if (_entries.Count > _most)
            ForgetOvertaken();
    }

    /// <summary>The next whose time has come; null when there is none.</summary>
    internal ITimed? Pop(ulong now)
    {
        while (_entries.TryPeek(out var timed, out var at) && at <= now)
        {
            _entries.Dequeue();
            if (timed.ScheduledAt != at)
                continue;
            timed.ScheduledAt = ulong.MaxValue;
            if (timed.Expiry <= now)
                return timed;
            Schedule(timed);
        }
        return null;
    }

    /// <summary>It is never due again, and not kept for what it was due for.</summary>
    internal static void Remove(ITimed timed) => timed.ScheduledAt = ulong.MaxValue;

    private void ForgetOvertaken()
    {
        var standing = _entries.UnorderedItems.Where(entry => entry.Element.ScheduledAt == entry.Priority).ToList();
        _entries.Clear();
        _entries.EnqueueRange(standing);
        _most = Math.Max(WorthForgetting, 2 * standing.Count);
    }
}
