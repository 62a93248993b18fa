namespace Skytale.Chaos.Checking;

/// <summary>An agent's time in a channel: it is owed what stands behind the one place and before the other.</summary>
internal sealed class Stay(ulong joinedAt)
{
    public ulong JoinedAt { get; } = joinedAt;

    /// <summary>The commit that removed it; null while it is a member.</summary>
    public ulong? RemovedAt { get; set; }

    /// <summary>The newest message that it was shown.</summary>
    public ulong Shown { get; set; }

    /// <summary>Everything up to here it has acknowledged.</summary>
    public ulong Acknowledged { get; set; }

    public bool Covers(ulong sequence) => sequence > JoinedAt && (RemovedAt is not { } removed || sequence < removed);
}
