using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Whose an API key is: <c>GET /key</c>, by which an agent that has nothing but its key finds its account.</summary>
/// <param name="Credential">The key.</param>
public sealed record ShowKey(SecretText Credential) : IRequest<Result<KeyOwner>>;

/// <summary>A key with its account's organisations, by name.</summary>
public sealed record KeyOwner(ApiKey Key, IReadOnlyList<OrgName> Orgs);

public sealed class ShowKeyHandler(CallerCheck caller, IAccountStore store) : IRequestHandler<ShowKey, Result<KeyOwner>>
{
    public async Task<Result<KeyOwner>> Handle(ShowKey request, CancellationToken cancellationToken)
    {
        var key = await caller.KeyAsync(request.Credential, cancellationToken);
        return key.IsSuccess ? new KeyOwner(key.Value, await store.OrgsOfAsync(key.Value.AccountId, cancellationToken)) : key.Refusal;
    }
}
