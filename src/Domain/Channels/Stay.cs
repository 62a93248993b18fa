using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One agent's membership from the commit that added it to the one that removes it. Added again, it has another.</summary>
public sealed class Stay
{
    private ulong _removedAt;
    private ulong _acknowledged;
    private ulong _taken;

    internal Stay(Sequence joinedAfter, Sequence? removedAt = null, Sequence acknowledged = default)
    {
        JoinedAfter = joinedAfter;
        _removedAt = removedAt?.Value ?? 0;
        _acknowledged = _taken = Math.Max(acknowledged.Value, joinedAfter.Value);
    }

    /// <summary>The commit that added the agent; <see cref="Sequence.Start"/> for the creator. It sees what stands behind.</summary>
    public Sequence JoinedAfter { get; }

    /// <summary>The commit that removed the agent: the last that it sees. Null while it is a member.</summary>
    public Sequence? RemovedAt => Volatile.Read(ref _removedAt) is > 0 and var at ? new Sequence(at) : null;

    /// <summary>Everything up to here the agent has stored or shown. Any thread.</summary>
    public Sequence Acknowledged => new(Volatile.Read(ref _acknowledged));

    /// <summary>The agent has stored or shown everything up to here; what came before stays. Any thread.</summary>
    public void Acknowledge(Sequence sequence)
    {
        ulong before;
        while ((before = Volatile.Read(ref _acknowledged)) < sequence.Value && Interlocked.CompareExchange(ref _acknowledged, sequence.Value, before) != before)
        {
            // Another connection of the agent came between.
        }
    }

    internal void EndAt(Sequence commit) => Volatile.Write(ref _removedAt, commit.Value);

    /// <summary>How far it is, where it has moved since this was asked last.</summary>
    internal Sequence? TakeAcknowledged()
    {
        var now = Acknowledged;
        if (now.Value == _taken)
            return null;
        _taken = now.Value;
        return now;
    }
}
