using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Signs somebody up: <c>POST /accounts</c>.</summary>
/// <param name="Org">The organisation's name; null lets the service choose one.</param>
public sealed record CreateAccount(string? Email, SecretText Password, string? Org) : IRequest<Result<CreatedAccount>>;

public sealed record CreatedAccount(AccountId AccountId, OrgName Org, IssuedToken AccountToken);

public sealed class CreateAccountValidator : AbstractValidator<CreateAccount>
{
    public CreateAccountValidator()
    {
        RuleFor(request => request.Email).Must(email => EmailAddress.TryParse(email, out _)).WithMessage("An e-mail address is needed.");
        RuleFor(request => request.Password).Must(password => PasswordRule.Allows(password.Reveal())).WithMessage($"A password has {PasswordRule.Text}.");
        RuleFor(request => request.Org).Must(org => OrgName.TryParse(org, out _)).When(request => request.Org is not null)
            .WithMessage($"An organisation's name has {OrgName.Rule}.");
    }
}

public sealed class CreateAccountHandler(IAccountStore store, ISecretHasher hasher, ITokenIssuer tokens, TimeProvider time)
    : IRequestHandler<CreateAccount, Result<CreatedAccount>>
{
    public async Task<Result<CreatedAccount>> Handle(CreateAccount request, CancellationToken cancellationToken)
    {
        var hash = await hasher.HashAsync(request.Password, cancellationToken);
        if (!hash.IsSuccess)
            return hash.Refusal;

        var now = time.GetUtcNow();
        var account = new Account(AccountId.FromRandom(RandomNumberGenerator.GetBytes(AccountId.Size)), EmailAddress.Parse(request.Email!), hash.Value, now);
        var org = new Org(
            request.Org is null ? OrgName.FromRandom(RandomNumberGenerator.GetBytes(OrgName.GeneratedSize)) : OrgName.Parse(request.Org),
            account.Id, now);

        return await store.AddAccountAsync(account, org, cancellationToken) is { } refusal
            ? refusal
            : new CreatedAccount(account.Id, org.Name, tokens.IssueForAccount(account.Id));
    }
}
