using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>The account's API keys: <c>GET /accounts/{id}/keys</c>.</summary>
/// <param name="Credential">The account's token.</param>
public sealed record ListKeys(AccountId AccountId, SecretText Credential) : IRequest<Result<AccountKeys>>;

/// <summary>Oldest first; those that were revoked of late among them.</summary>
public sealed record AccountKeys(IReadOnlyList<ApiKey> Keys);

public sealed class ListKeysHandler(CallerCheck caller, IAccountStore store) : IRequestHandler<ListKeys, Result<AccountKeys>>
{
    public async Task<Result<AccountKeys>> Handle(ListKeys request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        return owner.IsSuccess ? new AccountKeys(await store.KeysOfAsync(request.AccountId, cancellationToken)) : owner.Refusal;
    }
}
