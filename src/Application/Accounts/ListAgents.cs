using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>The account's agents, a page at a time: <c>GET /accounts/{id}/agents</c>.</summary>
/// <param name="Credential">The account's token, or an API key of the account that may register agents.</param>
/// <param name="Page">From 1.</param>
public sealed record ListAgents(AccountId AccountId, SecretText Credential, int Page) : IRequest<Result<AccountAgents>>
{
    /// <summary>Agents of one page.</summary>
    public const int PageSize = 200;
}

/// <summary>By id; revoked ones among them.</summary>
/// <param name="NextPage">Null for the last.</param>
public sealed record AccountAgents(IReadOnlyList<Agent> Agents, int? NextPage);

public sealed class ListAgentsValidator : AbstractValidator<ListAgents>
{
    private const int MaxPage = 1_000_000;

    public ListAgentsValidator() => RuleFor(request => request.Page).InclusiveBetween(1, MaxPage).WithMessage("Pages are counted from 1.");
}

public sealed class ListAgentsHandler(CallerCheck caller, IAccountStore store) : IRequestHandler<ListAgents, Result<AccountAgents>>
{
    public async Task<Result<AccountAgents>> Handle(ListAgents request, CancellationToken cancellationToken)
    {
        if (await caller.RegistrarAsync(request.Credential, request.AccountId, cancellationToken) is { } notAllowed)
            return notAllowed;
        // One more than a page says whether there is another.
        var found = await store.AgentsOfAsync(request.AccountId, (request.Page - 1) * ListAgents.PageSize, ListAgents.PageSize + 1, cancellationToken);
        return found.Count > ListAgents.PageSize
            ? new AccountAgents([.. found.Take(ListAgents.PageSize)], request.Page + 1)
            : new AccountAgents(found, null);
    }
}
