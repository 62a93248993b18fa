using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>
/// <see cref="INodes"/> over EF Core. Whoever writes what a node has holds the node's row first, and whoever removes it too: so nothing
/// stays of a node that is not there.
/// </summary>
public sealed class NodeStore(Func<SkytaleContext> open) : INodes
{
    public async Task EnterAsync(Node node, NodeChanges all, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Database.BeginTransactionAsync(cancellationToken);
        var ordered = await context.Nodes.AsNoTracking().Where(row => row.Id == node.Id).Select(row => row.DrainOrderedAt).SingleOrDefaultAsync(cancellationToken);
        await RemoveAsync(context, context.Nodes.Where(row => row.Id == node.Id), cancellationToken);
        context.Add(node with { DrainOrderedAt = ordered });
        await AddAsync(context, all, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
    }

    public async Task<bool> TryTellAsync(Node node, NodeChanges changes, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Database.BeginTransactionAsync(cancellationToken);
        var figures = node.Figures;
        var told = await context.Nodes.Where(row => row.Id == node.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SeenAt, node.SeenAt).SetProperty(row => row.DrainEndsAt, node.DrainEndsAt)
                .SetProperty(row => row.Figures.Connections, figures.Connections).SetProperty(row => row.Figures.Links, figures.Links).SetProperty(row => row.Figures.Channels, figures.Channels)
                .SetProperty(row => row.Figures.Messages, figures.Messages).SetProperty(row => row.Figures.Bytes, figures.Bytes)
                .SetProperty(row => row.Figures.MessagesPerSecond, figures.MessagesPerSecond).SetProperty(row => row.Figures.BytesPerSecond, figures.BytesPerSecond)
                .SetProperty(row => row.Figures.QueueDepth, figures.QueueDepth).SetProperty(row => row.Figures.LargestLag, figures.LargestLag),
            cancellationToken);
        if (told == 0)
            return false;
        var silentSince = node.SeenAt - Node.Forgotten;
        await RemoveAsync(context, context.Nodes.Where(row => row.SeenAt < silentSince), cancellationToken);
        await context.Connections.Where(row => changes.Closed.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        var moved = changes.Levels.Select(level => level.AgentId).ToList();
        await context.KeyPackageLevels.Where(row => row.NodeId == node.Id && moved.Contains(row.AgentId)).ExecuteDeleteAsync(cancellationToken);
        await AddAsync(context, changes, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return true;
    }

    public async Task LeaveAsync(NodeId id, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.Database.BeginTransactionAsync(cancellationToken);
        await RemoveAsync(context, context.Nodes.Where(row => row.Id == id), cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Node>> NodesAsync(DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.Nodes.AsNoTracking().Where(row => row.SeenAt >= heardSince);
        if (after is not null)
            rows = rows.Where(row => string.Compare((string)(object)row.Id, after) > 0);
        return await rows.OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<LiveConnection>> ConnectionsAsync(ConnectionFilter filter, DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.Connections.AsNoTracking().Where(row => context.Nodes.Any(node => node.Id == row.NodeId && node.SeenAt >= heardSince));
        if (filter.Account is { } account)
            rows = rows.Where(row => row.AccountId == account);
        if (filter.Agent is { } agent)
            rows = rows.Where(row => row.AgentId == agent);
        if (filter.Node is { } at)
            rows = rows.Where(row => row.NodeId == at);
        if (after is not null)
            rows = rows.Where(row => string.Compare(row.Id, after) > 0);
        return await rows.OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<KeyPackageLevel>> KeyPackagesAsync(int? below, DateTimeOffset heardSince, string? after, int most, CancellationToken cancellationToken)
    {
        await using var context = open();
        var rows = context.KeyPackageLevels.AsNoTracking().Where(row => context.Nodes.Any(node => node.Id == row.NodeId && node.SeenAt >= heardSince));
        if (below is { } least)
            rows = rows.Where(row => row.Left < least);
        if (after?.Split(' ', 2) is [var agent, .. var rest])
        {
            var node = rest.FirstOrDefault() ?? "";
            rows = rows.Where(row => string.Compare((string)(object)row.AgentId, agent) > 0 || ((string)(object)row.AgentId == agent && string.Compare((string)(object)row.NodeId, node) > 0));
        }
        return await rows.OrderBy(row => row.AgentId).ThenBy(row => row.NodeId).Take(most).ToListAsync(cancellationToken);
    }

    private static async Task AddAsync(SkytaleContext context, NodeChanges changes, CancellationToken cancellationToken)
    {
        context.AddRange(changes.Opened);
        context.AddRange(changes.Levels);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes nodes, then what they had: by then it has no node.</summary>
    private static async Task RemoveAsync(SkytaleContext context, IQueryable<Node> gone, CancellationToken cancellationToken)
    {
        if (await gone.ExecuteDeleteAsync(cancellationToken) == 0)
            return;
        await context.Connections.Where(row => !context.Nodes.Any(node => node.Id == row.NodeId)).ExecuteDeleteAsync(cancellationToken);
        await context.KeyPackageLevels.Where(row => !context.Nodes.Any(node => node.Id == row.NodeId)).ExecuteDeleteAsync(cancellationToken);
    }
}
