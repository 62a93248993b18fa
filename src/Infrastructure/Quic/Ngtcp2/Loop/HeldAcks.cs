namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// Connections that have read one packet and have nothing to say yet but that it came. An answer usually follows within the
/// hold and takes the acknowledgement along, which halves the packets of questions and answers. RFC 9000 § 13.2.1 allows the
/// delay up to max_ack_delay, § 13.2.2 asks for an acknowledgement at every second packet. Loop thread only.
/// </summary>
internal sealed class HeldAcks
{
    /// <summary>Nanoseconds; less than max_ack_delay, which is 25 ms by default, by what a busy loop may be late.</summary>
    private const ulong Delay = 10_000_000;

    private readonly Queue<(Ngtcp2Connection Connection, ulong Until)> _held = new();

    /// <summary>When the first of them is due; <see cref="ulong.MaxValue"/>: none waits.</summary>
    internal ulong Next
    {
        get
        {
            SkipAnswered();
            return _held.TryPeek(out var first) ? first.Until : ulong.MaxValue;
        }
    }

    internal void Hold(Ngtcp2Connection connection, ulong now)
    {
        connection.HeldUntil = now + Delay;
        _held.Enqueue((connection, connection.HeldUntil));
    }

    /// <summary>The next connection that has waited long enough; null when there is none.</summary>
    internal Ngtcp2Connection? Pop(ulong now)
    {
        SkipAnswered();
        return _held.TryPeek(out var first) && first.Until <= now ? _held.Dequeue().Connection : null;
    }

    /// <summary>Whoever has written since has acknowledged too.</summary>
    private void SkipAnswered()
    {
        while (_held.TryPeek(out var first) && first.Connection.HeldUntil != first.Until)
            _held.Dequeue();
    }
}
