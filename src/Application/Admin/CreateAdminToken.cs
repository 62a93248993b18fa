using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>Exchanges an administrator's key for a token of a quarter of an hour: <c>POST /admin/tokens</c>.</summary>
/// <param name="Credential">The key; a token is never exchanged for a token.</param>
public sealed record CreateAdminToken(SecretText Credential, string RequestId) : IRequest<Result<CreatedAdminToken>>;

public sealed record CreatedAdminToken(Administrator Admin, IssuedToken Token);

public sealed class CreateAdminTokenHandler(AdminCheck admins, IAdminStore store, ITokenIssuer tokens, TimeProvider time)
    : IRequestHandler<CreateAdminToken, Result<CreatedAdminToken>>
{
    public async Task<Result<CreatedAdminToken>> Handle(CreateAdminToken request, CancellationToken cancellationToken)
    {
        var admin = await admins.KeyAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var by = new ActedBy(time.GetUtcNow(), admin.Value.Id.ToString(), RequestId: request.RequestId);
        var recorded = await store.CarryOutAsync(new SignIn(admin.Value.Id), by, cancellationToken);
        return recorded.IsSuccess ? new CreatedAdminToken(admin.Value, tokens.IssueForAdmin(admin.Value.Id)) : recorded.Refusal;
    }
}
