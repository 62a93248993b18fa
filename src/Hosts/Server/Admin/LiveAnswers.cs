using System.Globalization;
using Skytale.Application.Admin;
using Skytale.Application.Nodes;
using Skytale.Channels;

namespace Skytale.Server.Admin;

// What administrators are answered of what is live, in snake_case.

internal sealed record NodeAnswer(
    string NodeId, string Host, string Version, IReadOnlyList<string> Roles, string State, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset? DrainEndsAt,
    int Connections, int Links, int Channels, long Messages, long Bytes, double MessagesPerSecond, double BytesPerSecond, long QueueDepth, long LargestLag)
{
    public static NodeAnswer Of(Node node) => new(
        node.Id.ToString(), node.Host, node.Version, node.Roles.Split(','), node.IsDraining ? "draining" : "serving", node.StartedAt, node.SeenAt, node.DrainEndsAt,
        node.Figures.Connections, node.Figures.Links, node.Figures.Channels, node.Figures.Messages, node.Figures.Bytes, node.Figures.MessagesPerSecond, node.Figures.BytesPerSecond,
        node.Figures.QueueDepth, node.Figures.LargestLag);
}

/// <summary>No address: whose a connection is says its agent.</summary>
internal sealed record ConnectionAnswer(string ConnectionId, string NodeId, string Kind, string Transport, string? AgentId, string? AccountId, string? KeyId, DateTimeOffset Since)
{
    public static ConnectionAnswer Of(LiveConnection connection) => new(
        connection.Id, connection.NodeId.ToString(), Word(connection.Kind), Word(connection.Transport), connection.AgentId?.ToString(), connection.AccountId?.ToString(),
        connection.KeyId?.ToString(), connection.Since);

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}

/// <param name="Version">With <c>StartedAt</c>, <c>Ready</c> and <c>Checks</c>: of the server that answers. The rest: of all nodes.</param>
internal sealed record FiguresAnswer(
    string Version, DateTimeOffset StartedAt, DateTimeOffset At, bool Ready, IReadOnlyDictionary<string, string> Checks,
    int Connections, int Links, int Channels, long Messages, long Bytes, double MessagesPerSecond, double BytesPerSecond, long QueueDepth, long LargestLag, IReadOnlyList<NodeAnswer> Nodes)
{
    public static FiguresAnswer Of(FiguresSeen seen, NodeDescription server, IReadOnlyDictionary<string, bool> checks) => new(
        server.Version, server.StartedAt, seen.At, checks.Values.All(isWell => isWell), checks.ToDictionary(check => check.Key, check => check.Value ? "ok" : "failed"),
        seen.Total.Connections, seen.Total.Links, seen.Total.Channels, seen.Total.Messages, seen.Total.Bytes, seen.Total.MessagesPerSecond, seen.Total.BytesPerSecond,
        seen.Total.QueueDepth, seen.Total.LargestLag, [.. seen.Nodes.Select(NodeAnswer.Of)]);
}

/// <param name="AccountId">Whose organisation its name begins with.</param>
/// <param name="Name">Where the configuration shows it.</param>
internal sealed record ChannelAnswer(
    string ChannelId, string? AccountId, string? Name, int Members, ulong Epoch, ulong Head, ulong MessagesTrimmed, long Bytes, DateTimeOffset? ClosedAt)
{
    public static ChannelAnswer Of(ChannelSeen seen) => new(
        seen.Stored.Record.Id.ToString(), seen.Owner?.ToString(), seen.Name?.ToString(), seen.Queue.Members.Count, seen.Stored.Epoch.Value, seen.Stored.Last.Value,
        seen.Stored.MessagesTrimmed.Value, seen.Stored.Bytes, seen.ClosedAt);
}

/// <param name="Lag">Of whoever is furthest behind.</param>
/// <param name="Members">The furthest behind, worst first.</param>
internal sealed record QueueAnswer(string ChannelId, ulong Head, ulong Lag, int MembersCount, IReadOnlyList<CursorAnswer> Members)
{
    private const int MostMembers = 20;

    public static QueueAnswer Of(ChannelQueue queue) => new(
        queue.Id.ToString(), queue.Head.Value, queue.Members.Count > 0 ? queue.Members[0].Lag : 0, queue.Members.Count, [.. queue.Members.Take(MostMembers).Select(CursorAnswer.Of)]);
}

internal sealed record CursorAnswer(string AgentId, ulong Cursor, ulong Lag)
{
    public static CursorAnswer Of(MemberCursor member) => new(member.Agent.ToString(), member.Cursor.Value, member.Lag);
}

internal sealed record KeyPackagesAnswer(string AgentId, string NodeId, int Left, bool HasLastResort)
{
    public static KeyPackagesAnswer Of(KeyPackageLevel level) => new(level.AgentId.ToString(), level.NodeId.ToString(), level.Left, level.HasLastResort);
}
