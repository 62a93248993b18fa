using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>
/// Ends an API key: <c>DELETE /accounts/{id}/keys/{keyId}</c>. From now on it gets no token, and relays end the connections that
/// were opened with its tokens.
/// </summary>
/// <param name="Credential">The account's token.</param>
public sealed record RevokeKey(AccountId AccountId, SecretText Credential, KeyId KeyId) : IRequest<Result<KeyId>>;

public sealed class RevokeKeyHandler(CallerCheck caller, IAccountStore store, TimeProvider time) : IRequestHandler<RevokeKey, Result<KeyId>>
{
    public async Task<Result<KeyId>> Handle(RevokeKey request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        return await store.RevokeKeyAsync(request.AccountId, request.KeyId, time.GetUtcNow(), cancellationToken) is { } refusal ? refusal : request.KeyId;
    }
}
