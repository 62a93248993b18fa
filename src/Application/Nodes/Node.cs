using Skytale.Accounts;

namespace Skytale.Application.Nodes;

/// <summary>One run of a server that serves the relay, as it tells of itself every few seconds. One that is started again is another.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Roles">What it serves, comma-separated.</param>
public sealed record Node(NodeId Id, string Host, string Version, string Roles, DateTimeOffset StartedAt)
{
    /// <summary>One that was not heard for so long is not there, and nor is what it had.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(10);

    /// <summary>What is known of one that was not heard for so long is removed.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    /// <summary>When it told this, by its own clock.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When an administrator had it drained; null: nobody had.</summary>
    public DateTimeOffset? DrainOrderedAt { get; init; }

    /// <summary>When it ends, where it drains; null: it does not yet.</summary>
    public DateTimeOffset? DrainEndsAt { get; init; }

    /// <summary>What it has to do.</summary>
    public required NodeFigures Figures { get; init; }

    /// <summary>True when no new work should be sent to it.</summary>
    public bool IsDraining => DrainOrderedAt is not null || DrainEndsAt is not null;
}

/// <summary>What a node has to do.</summary>
/// <param name="Connections">Of agents and SLIM proxies.</param>
/// <param name="Links">Links of SLIM names.</param>
/// <param name="Channels">Channels in use.</param>
/// <param name="Messages">Accepted since it was started; envelopes too.</param>
/// <param name="Bytes">Of these messages' content, as it was sent.</param>
/// <param name="MessagesPerSecond">Between the last two times that it told.</param>
/// <param name="BytesPerSecond">As above.</param>
/// <param name="QueueDepth">Entries that the slowest member of each channel in use has not acknowledged, summed.</param>
/// <param name="LargestLag">The largest of them.</param>
public sealed record NodeFigures(
    int Connections, int Links, int Channels, long Messages, long Bytes, double MessagesPerSecond, double BytesPerSecond, long QueueDepth, long LargestLag);
