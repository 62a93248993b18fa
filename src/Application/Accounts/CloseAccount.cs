using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>
/// Closes an account for ever: <c>POST /accounts/{id}/close</c>. Its keys, agents and tokens end, its e-mail address is forgotten; its
/// organisations stay its own, so that nobody else's channels take their names.
/// </summary>
/// <param name="Credential">The account's token.</param>
/// <param name="Password">The account's: a token that was left lying about is not enough.</param>
public sealed record CloseAccount(AccountId AccountId, SecretText Credential, SecretText Password) : IRequest<Result<AccountId>>;

public sealed class CloseAccountValidator : AbstractValidator<CloseAccount>
{
    public CloseAccountValidator() =>
        RuleFor(request => request.Password).Must(password => password.Reveal().Length is >= 1 and <= PasswordRule.MaxLength).WithMessage("The account's password is needed.");
}

public sealed class CloseAccountHandler(CallerCheck caller, IAccountStore store, TimeProvider time) : IRequestHandler<CloseAccount, Result<AccountId>>
{
    public async Task<Result<AccountId>> Handle(CloseAccount request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        if (await caller.PasswordAsync(request.Password, owner.Value, cancellationToken) is { } wrong)
            return wrong;
        return await store.CloseAccountAsync(request.AccountId, time.GetUtcNow(), cancellationToken) is { } refusal ? refusal : request.AccountId;
    }
}
