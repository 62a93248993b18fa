using MediatR;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>What there is to do on all nodes together, for an administrator: <c>GET /admin/figures</c>.</summary>
public sealed record SeeFigures(SecretText Credential) : IRequest<Result<FiguresSeen>>;

/// <param name="At">When.</param>
/// <param name="Total">Of all nodes; the largest lag is the largest of any.</param>
public sealed record FiguresSeen(DateTimeOffset At, NodeFigures Total, IReadOnlyList<Node> Nodes);

public sealed class SeeFiguresHandler(AdminCheck admins, INodes nodes, TimeProvider time) : IRequestHandler<SeeFigures, Result<FiguresSeen>>
{
    private const int MostNodes = 1_000;

    public async Task<Result<FiguresSeen>> Handle(SeeFigures request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var now = time.GetUtcNow();
        var found = await nodes.NodesAsync(now - Node.Silent, null, MostNodes, cancellationToken);
        return new FiguresSeen(now, found.Select(node => node.Figures).Aggregate(new NodeFigures(0, 0, 0, 0, 0, 0, 0, 0, 0), Add), found);
    }

    private static NodeFigures Add(NodeFigures left, NodeFigures right) => new(
        left.Connections + right.Connections, left.Links + right.Links, left.Channels + right.Channels, left.Messages + right.Messages, left.Bytes + right.Bytes,
        left.MessagesPerSecond + right.MessagesPerSecond, left.BytesPerSecond + right.BytesPerSecond, left.QueueDepth + right.QueueDepth, Math.Max(left.LargestLag, right.LargestLag));
}
