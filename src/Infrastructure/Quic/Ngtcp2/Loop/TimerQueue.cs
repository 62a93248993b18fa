namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// Which connection is due when. A connection's expiry moves with every packet, so that an entry is only added when the
/// new time is earlier than the earliest entry; a popped entry that is no longer true is put right.
/// </summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<Ngtcp2Connection, ulong> _entries = new();

    internal ulong Next => _entries.TryPeek(out _, out var at) ? at : ulong.MaxValue;

    internal void Schedule(Ngtcp2Connection connection)
    {
        if (connection.Expiry >= connection.ScheduledAt)
            return;
        connection.ScheduledAt = connection.Expiry;
        _entries.Enqueue(connection, connection.Expiry);
    }

    /// <summary>The next connection whose time has come; null when there is none.</summary>
    internal Ngtcp2Connection? Pop(ulong now)
    {
        while (_entries.TryPeek(out var connection, out var at) && at <= now)
        {
            _entries.Dequeue();
            if (connection.ScheduledAt != at)
                continue;
            connection.ScheduledAt = ulong.MaxValue;
            if (connection.Expiry <= now)
                return connection;
            Schedule(connection);
        }
        return null;
    }
}
