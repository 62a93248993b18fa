using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>A further organisation for an account: <c>POST /accounts/{id}/orgs</c>. Tokens have it from the next one on.</summary>
/// <param name="Credential">The account's token.</param>
public sealed record CreateOrg(AccountId AccountId, SecretText Credential, string? Name, string? IdempotencyKey = null) : IRequest<Result<OrgName>>;

public sealed class CreateOrgValidator : AbstractValidator<CreateOrg>
{
    public CreateOrgValidator()
    {
        RuleFor(request => request.Name).Must(name => OrgName.TryParse(name, out _)).WithMessage($"An organisation's name has {OrgName.Rule}.");
        RuleFor(request => request.IdempotencyKey).IsIdempotencyKey();
    }
}

public sealed class CreateOrgHandler(CallerCheck caller, OnceOnly onceOnly, IAccountStore store, Quota quota, TimeProvider time) : IRequestHandler<CreateOrg, Result<OrgName>>
{
    public async Task<Result<OrgName>> Handle(CreateOrg request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        var org = new Org(OrgName.Parse(request.Name!), request.AccountId, time.GetUtcNow());
        var once = Once.Of(request.AccountId.ToString(), request.IdempotencyKey, nameof(CreateOrg), request.Name);
        return await onceOnly.RunAsync<OrgName>(
            once,
            async () => await store.AddOrgAsync(org, quota, once?.Made(org.Name.ToString(), org.CreatedAt), cancellationToken) is { } refusal ? refusal : org.Name,
            made => Task.FromResult<Result<OrgName>>(OrgName.Parse(made)),
            cancellationToken);
    }
}
