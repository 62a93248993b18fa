using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// What the nodes of the service tell of themselves, where every API server finds it. What is read leaves out nodes that were last heard
/// before <c>heardSince</c>, and what they had: a node that was killed says nothing more. Safe for use by several threads.
/// </summary>
public interface INodes
{
    /// <summary>The node is there with all that it has; what was known of it before goes.</summary>
    Task EnterAsync(Node node, NodeChanges all, CancellationToken cancellationToken);

    /// <summary>Tells how the node is, and what has changed since it told last; forgets nodes that are long silent.</summary>
    /// <returns>False: it was forgotten itself, and nothing was written.</returns>
    Task<bool> TryTellAsync(Node node, NodeChanges changes, CancellationToken cancellationToken);

    /// <summary>The node ends.</summary>
    Task LeaveAsync(NodeId id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    Task<IReadOnlyList<Node>> NodesAsync(DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    Task<IReadOnlyList<LiveConnection>> ConnectionsAsync(ConnectionFilter filter, DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken);

    /// <summary>By agent and node.</summary>
    /// <param name="below">Those that have fewer left; null: all.</param>
    /// <param name="after">An agent and a node, with a space between.</param>
    Task<IReadOnlyList<KeyPackageLevel>> KeyPackagesAsync(int? below, DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken);
}

/// <summary>What has changed of what a node has.</summary>
/// <param name="Closed">Ids of connections.</param>
/// <param name="Levels">Each in the place of the one of its agent.</param>
public sealed record NodeChanges(IReadOnlyCollection<LiveConnection> Opened, IReadOnlyCollection<string> Closed, IReadOnlyCollection<KeyPackageLevel> Levels);

/// <summary>Which connections are asked for; null: whosever.</summary>
public sealed record ConnectionFilter(AccountId? Account, AgentId? Agent, NodeId? Node);
