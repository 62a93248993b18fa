using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>Agents of an account or of all, for an administrator: <c>GET /admin/agents</c>.</summary>
/// <param name="Search">As in <see cref="IOverview.AgentsAsync"/>.</param>
/// <param name="Account">Null: of all.</param>
public sealed record SeeAgents(SecretText Credential, string? Search, AccountId? Account, PageAsked Page) : IRequest<Result<Page<Agent>>>;

public sealed class SeeAgentsValidator : AbstractValidator<SeeAgents>
{
    public SeeAgentsValidator()
    {
        this.IsPage(request => request.Page);
        RuleFor(request => request.Search).IsSearch();
    }
}

public sealed class SeeAgentsHandler(AdminCheck admins, IOverview overview) : IRequestHandler<SeeAgents, Result<Page<Agent>>>
{
    public async Task<Result<Page<Agent>>> Handle(SeeAgents request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        return await request.Page.ReadAsync(
            (after, most) => overview.AgentsAsync(request.Search, request.Account, after, most, cancellationToken), agent => agent.Id.ToString());
    }
}
