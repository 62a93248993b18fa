using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>The servers that serve the relay now, for an administrator: <c>GET /admin/nodes</c>.</summary>
public sealed record SeeNodes(SecretText Credential, PageAsked Page) : IRequest<Result<Page<Node>>>;

public sealed class SeeNodesValidator : AbstractValidator<SeeNodes>
{
    public SeeNodesValidator() => this.IsPage(request => request.Page);
}

public sealed class SeeNodesHandler(AdminCheck admins, INodes nodes, TimeProvider time) : IRequestHandler<SeeNodes, Result<Page<Node>>>
{
    public async Task<Result<Page<Node>>> Handle(SeeNodes request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var heardSince = time.GetUtcNow() - Node.Silent;
        return await request.Page.ReadAsync((after, most) => nodes.NodesAsync(heardSince, after, most, cancellationToken), node => node.Id.ToString());
    }
}
