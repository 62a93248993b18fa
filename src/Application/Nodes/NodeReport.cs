using Skytale.Application.Delivery;
using Skytale.Application.Names;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Nodes;

/// <summary>Tells the other servers what this one has: all of it at first, and where it may not have been heard; else what has changed. One caller at a time.</summary>
public sealed class NodeReport(
    ThisNode node, INodes nodes, LiveConnections connections, ActiveChannels channels, ActiveNames names, KeyPackagePools pools, Traffic traffic, TimeProvider time)
{
    /// <summary>How often <see cref="TellAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private (Dictionary<string, LiveConnection> Connections, Dictionary<AgentId, KeyPackageLevel> Levels)? _told;
    private (long At, long Messages, long Bytes)? _before;

    /// <param name="like">What it says of itself that does not change.</param>
    /// <param name="drainEndsAt">Where it drains.</param>
    public async Task TellAsync(NodeDescription like, DateTimeOffset? drainEndsAt, CancellationToken cancellationToken)
    {
        var live = connections.All.ToDictionary(connection => connection.Id);
        var levels = pools.Levels().ToDictionary(level => level.Agent, level => new KeyPackageLevel(level.Agent, node.Id, level.Left, level.HasLastResort));
        var now = new Node(node.Id, like.Host, like.Version, like.Roles, like.StartedAt)
        {
            SeenAt = time.GetUtcNow(),
            DrainEndsAt = drainEndsAt,
            Figures = Figures(live.Values),
        };
        var told = _told;
        _told = null; // Until it is known that this was heard.
        if (told is not { } before || !await nodes.TryTellAsync(now, Since(before.Connections, before.Levels, live, levels), cancellationToken))
            await nodes.EnterAsync(now, new NodeChanges(live.Values, [], levels.Values), cancellationToken);
        _told = (live, levels);
    }

    /// <summary>The server ends.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => nodes.LeaveAsync(node.Id, cancellationToken);

    private static NodeChanges Since(
        Dictionary<string, LiveConnection> toldLive, Dictionary<AgentId, KeyPackageLevel> toldLevels, Dictionary<string, LiveConnection> live, Dictionary<AgentId, KeyPackageLevel> levels) => new(
        [.. live.Values.Where(connection => !toldLive.ContainsKey(connection.Id))],
        [.. toldLive.Keys.Where(id => !live.ContainsKey(id))],
        [.. levels.Values.Where(level => toldLevels.GetValueOrDefault(level.AgentId) != level)]);

    private NodeFigures Figures(IReadOnlyCollection<LiveConnection> live)
    {
        var (at, messages, bytes) = (time.GetTimestamp(), traffic.Messages, traffic.Bytes);
        var before = _before ?? (at, messages, bytes);
        _before = (at, messages, bytes);
        var seconds = time.GetElapsedTime(before.At, at).TotalSeconds;
        var (used, depth, largest) = (0, 0L, 0L);
        foreach (var channel in channels.Loaded)
        {
            var lag = channel.Lag;
            (used, depth, largest) = (used + 1, depth + lag, Math.Max(largest, lag));
        }
        return new NodeFigures(
            live.Count(connection => connection.Kind != ConnectionKind.Link), names.Links, used, messages, bytes,
            seconds > 0 ? (messages - before.Messages) / seconds : 0, seconds > 0 ? (bytes - before.Bytes) / seconds : 0, depth, largest);
    }
}

/// <summary>What a node says of itself that does not change.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Roles">Comma-separated.</param>
public sealed record NodeDescription(string Host, string Version, string Roles, DateTimeOffset StartedAt);
