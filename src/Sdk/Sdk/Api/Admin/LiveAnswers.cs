namespace Skytale.Sdk.Api.Admin;

/// <summary>What the service has to do now, and how it is: 200 of <c>GET /admin/figures</c>.</summary>
/// <param name="Version">Of the server that answers, as <paramref name="StartedAt"/>, <paramref name="Ready"/> and <paramref name="Checks"/> are; the rest is of all nodes.</param>
/// <param name="StartedAt">When that server started (UTC).</param>
/// <param name="At">When these figures were taken (UTC).</param>
/// <param name="Ready">Whether that server is ready.</param>
/// <param name="Checks">Each part of readiness: <c>ok</c> or <c>failed</c>.</param>
/// <param name="Connections">Agents and proxies that are connected.</param>
/// <param name="Links">Links of SLIM applications.</param>
/// <param name="Channels">Channels in use.</param>
/// <param name="Messages">Accepted since the nodes of now started.</param>
/// <param name="Bytes">Of those messages, as accepted.</param>
/// <param name="MessagesPerSecond">Accepted of late, a second.</param>
/// <param name="BytesPerSecond">Accepted of late, a second.</param>
/// <param name="QueueDepth">Entries that the slowest member of each channel has not acknowledged, summed.</param>
/// <param name="LargestLag">The largest of those.</param>
/// <param name="Nodes">Each node's own figures.</param>
public sealed record AdminFigures(
    string Version, DateTimeOffset StartedAt, DateTimeOffset At, bool Ready, IReadOnlyDictionary<string, string> Checks,
    int Connections, int Links, int Channels, long Messages, long Bytes, double MessagesPerSecond, double BytesPerSecond, long QueueDepth, long LargestLag,
    IReadOnlyList<SeenNode> Nodes);

/// <summary>One run of a server that serves the relay; gone when it was not heard for ten seconds.</summary>
/// <param name="NodeId">Its id, of this run.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Version">The server's version.</param>
/// <param name="Roles">What it does: <c>api</c>, <c>relay</c>, <c>slim</c>.</param>
/// <param name="State"><c>serving</c> or <c>draining</c>.</param>
/// <param name="StartedAt">When it started (UTC).</param>
/// <param name="SeenAt">When it last told these figures.</param>
/// <param name="Connections">Agents and proxies that are connected.</param>
/// <param name="Links">Links of SLIM applications.</param>
/// <param name="Channels">Channels in use.</param>
/// <param name="Messages">Accepted since it started.</param>
/// <param name="Bytes">Of those messages, as accepted.</param>
/// <param name="MessagesPerSecond">Accepted of late, a second.</param>
/// <param name="BytesPerSecond">Accepted of late, a second.</param>
/// <param name="QueueDepth">Entries that the slowest member of each channel has not acknowledged, summed.</param>
/// <param name="LargestLag">The largest of those.</param>
/// <param name="DrainEndsAt">When it stops, where it drains (UTC).</param>
public sealed record SeenNode(
    string NodeId, string Host, string Version, IReadOnlyList<string> Roles, string State, DateTimeOffset StartedAt, DateTimeOffset SeenAt,
    int Connections, int Links, int Channels, long Messages, long Bytes, double MessagesPerSecond, double BytesPerSecond, long QueueDepth, long LargestLag,
    DateTimeOffset? DrainEndsAt = null);

/// <summary>What is connected to a node now. Its address is not told.</summary>
/// <param name="ConnectionId">Its id, for the time that it lives.</param>
/// <param name="NodeId">Where it is.</param>
/// <param name="Kind"><c>agent</c>; <c>proxy</c>, a SLIM proxy; or <c>link</c>, one SLIM application's.</param>
/// <param name="Transport"><c>quic</c> or <c>tcp</c>.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="AgentId">Of a proxy, the did:key of its key.</param>
/// <param name="AccountId">Null for a proxy, which is of none.</param>
/// <param name="KeyId">The API key by whose token it is; null for a proxy.</param>
public sealed record SeenConnection(
    string ConnectionId, string NodeId, string Kind, string Transport, DateTimeOffset Since, string? AgentId = null, string? AccountId = null, string? KeyId = null);
