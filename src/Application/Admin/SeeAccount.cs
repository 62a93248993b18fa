using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>One account with its organisations, for an administrator: <c>GET /admin/accounts/{id}</c>.</summary>
public sealed record SeeAccount(SecretText Credential, AccountId Id) : IRequest<Result<AccountInFull>>;

public sealed record AccountInFull(AccountSeen Seen, IReadOnlyList<OrgName> Orgs);

public sealed class SeeAccountHandler(AdminCheck admins, IOverview overview, IAccountStore accounts) : IRequestHandler<SeeAccount, Result<AccountInFull>>
{
    public async Task<Result<AccountInFull>> Handle(SeeAccount request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        return await overview.AccountAsync(request.Id, cancellationToken) is { } seen
            ? new AccountInFull(seen, await accounts.OrgsOfAsync(request.Id, cancellationToken))
            : new Refusal(ErrorCode.NotFound, "There is no such account.");
    }
}
