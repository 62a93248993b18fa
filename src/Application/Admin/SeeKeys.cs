using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>API keys of an account or of all, for an administrator: <c>GET /admin/keys</c>.</summary>
/// <param name="Account">Null: of all.</param>
public sealed record SeeKeys(SecretText Credential, AccountId? Account, PageAsked Page) : IRequest<Result<Page<ApiKey>>>;

public sealed class SeeKeysValidator : AbstractValidator<SeeKeys>
{
    public SeeKeysValidator() => this.IsPage(request => request.Page);
}

public sealed class SeeKeysHandler(AdminCheck admins, IOverview overview) : IRequestHandler<SeeKeys, Result<Page<ApiKey>>>
{
    public async Task<Result<Page<ApiKey>>> Handle(SeeKeys request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        return await request.Page.ReadAsync((after, most) => overview.KeysAsync(request.Account, after, most, cancellationToken), key => key.Id.ToString());
    }
}
