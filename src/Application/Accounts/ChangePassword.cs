using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Another password for an account: <c>POST /accounts/{id}/password</c>. Ends every account token that there is and answers with a new one.</summary>
/// <param name="Credential">The account's token.</param>
/// <param name="Password">The one that it has: a token that was left lying about is not enough.</param>
public sealed record ChangePassword(AccountId AccountId, SecretText Credential, SecretText Password, SecretText NewPassword) : IRequest<Result<CreatedSession>>;

public sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(request => request.Password).Must(password => password.Reveal().Length is >= 1 and <= PasswordRule.MaxLength).WithMessage("The account's password is needed.");
        RuleFor(request => request.NewPassword).Must(password => PasswordRule.Allows(password.Reveal())).WithMessage($"A password has {PasswordRule.Text}.");
    }
}

public sealed class ChangePasswordHandler(CallerCheck caller, IAccountStore store, ISecretHasher hasher, ITokenIssuer tokens)
    : IRequestHandler<ChangePassword, Result<CreatedSession>>
{
    public async Task<Result<CreatedSession>> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        if (await caller.PasswordAsync(request.Password, owner.Value, cancellationToken) is { } wrong)
            return wrong;
        var hash = await hasher.HashAsync(request.NewPassword, cancellationToken);
        if (!hash.IsSuccess)
            return hash.Refusal;
        if (await store.ChangePasswordAsync(owner.Value.Id, owner.Value.PasswordHash, hash.Value, cancellationToken) is { } refusal)
            return refusal;
        var changed = owner.Value with { TokenGeneration = owner.Value.TokenGeneration + 1 };
        return new CreatedSession(changed.Id, tokens.IssueForAccount(changed));
    }
}
