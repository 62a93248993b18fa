using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>A fresh account token for e-mail and password: <c>POST /sessions</c>.</summary>
public sealed record CreateSession(string? Email, SecretText Password) : IRequest<Result<CreatedSession>>;

public sealed record CreatedSession(AccountId AccountId, IssuedToken AccountToken);

public sealed class CreateSessionValidator : AbstractValidator<CreateSession>
{
    public CreateSessionValidator()
    {
        RuleFor(request => request.Email).Must(email => EmailAddress.TryParse(email, out _)).WithMessage("An e-mail address is needed.");
        RuleFor(request => request.Password).Must(password => password.Reveal().Length is >= 1 and <= PasswordRule.MaxLength).WithMessage("A password is needed.");
    }
}

public sealed class CreateSessionHandler(IAccountStore store, CallerCheck caller, ITokenIssuer tokens)
    : IRequestHandler<CreateSession, Result<CreatedSession>>
{
    public async Task<Result<CreatedSession>> Handle(CreateSession request, CancellationToken cancellationToken)
    {
        var email = EmailAddress.Parse(request.Email!);
        Account? account = null;
        var check = await caller.PasswordAsync(request.Password, email, async () => account = await store.FindAccountAsync(email, cancellationToken), cancellationToken);
        if (!check.IsSuccess)
            return check.Refusal;
        if (account is null || !check.Value.Matches)
            return new Refusal(ErrorCode.InvalidCredentials, "The e-mail address or the password is not right.");
        if (account.JudgeService() is { } notServed)
            return notServed;
        if (check.Value.Replacement is { } replacement)
            await store.ReplacePasswordHashAsync(account.Id, account.PasswordHash, replacement, cancellationToken);
        return new CreatedSession(account.Id, tokens.IssueForAccount(account));
    }
}
