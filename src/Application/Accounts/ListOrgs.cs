using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>The account's organisations: <c>GET /accounts/{id}/orgs</c>.</summary>
/// <param name="Credential">The account's token.</param>
public sealed record ListOrgs(AccountId AccountId, SecretText Credential) : IRequest<Result<AccountOrgs>>;

/// <summary>By name.</summary>
public sealed record AccountOrgs(IReadOnlyList<OrgName> Orgs);

public sealed class ListOrgsHandler(CallerCheck caller, IAccountStore store) : IRequestHandler<ListOrgs, Result<AccountOrgs>>
{
    public async Task<Result<AccountOrgs>> Handle(ListOrgs request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        return owner.IsSuccess ? new AccountOrgs(await store.OrgsOfAsync(request.AccountId, cancellationToken)) : owner.Refusal;
    }
}
