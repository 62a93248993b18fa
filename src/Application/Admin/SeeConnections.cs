using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>What is connected to the nodes now, for an administrator: <c>GET /admin/connections</c>.</summary>
public sealed record SeeConnections(SecretText Credential, ConnectionFilter Filter, PageAsked Page) : IRequest<Result<Page<LiveConnection>>>;

public sealed class SeeConnectionsValidator : AbstractValidator<SeeConnections>
{
    public SeeConnectionsValidator() => this.IsPage(request => request.Page);
}

public sealed class SeeConnectionsHandler(AdminCheck admins, INodes nodes, TimeProvider time) : IRequestHandler<SeeConnections, Result<Page<LiveConnection>>>
{
    public async Task<Result<Page<LiveConnection>>> Handle(SeeConnections request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var heardSince = time.GetUtcNow() - Node.Silent;
        return await request.Page.ReadAsync(
            (after, most) => nodes.ConnectionsAsync(request.Filter, heardSince, after, most, cancellationToken), connection => connection.Id);
    }
}
