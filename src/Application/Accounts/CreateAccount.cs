using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Signs somebody up: <c>POST /accounts</c>.</summary>
/// <param name="Org">The organisation's name; null lets the service choose one.</param>
/// <param name="Address">From where it is asked, within which the Idempotency-Key is one.</param>
public sealed record CreateAccount(string? Email, SecretText Password, string? Org, string? IdempotencyKey = null, string Address = "") : IRequest<Result<CreatedAccount>>;

public sealed record CreatedAccount(AccountId AccountId, OrgName Org, IssuedToken AccountToken);

public sealed class CreateAccountValidator : AbstractValidator<CreateAccount>
{
    public CreateAccountValidator()
    {
        RuleFor(request => request.Email).Must(email => EmailAddress.TryParse(email, out var address) && !address.IsNobodys).WithMessage("An e-mail address is needed.");
        RuleFor(request => request.Password).Must(password => PasswordRule.Allows(password.Reveal())).WithMessage($"A password has {PasswordRule.Text}.");
        RuleFor(request => request.Org).Must(org => OrgName.TryParse(org, out _)).When(request => request.Org is not null)
            .WithMessage($"An organisation's name has {OrgName.Rule}.");
        RuleFor(request => request.IdempotencyKey).IsIdempotencyKey();
    }
}

public sealed class CreateAccountHandler(CallerCheck caller, OnceOnly onceOnly, IAccountStore store, ISecretHasher hasher, ITokenIssuer tokens, TimeProvider time)
    : IRequestHandler<CreateAccount, Result<CreatedAccount>>
{
    public async Task<Result<CreatedAccount>> Handle(CreateAccount request, CancellationToken cancellationToken)
    {
        var once = Once.Of($"address {request.Address}", request.IdempotencyKey, nameof(CreateAccount), EmailAddress.Parse(request.Email!).ToString(), request.Org);
        return await onceOnly.RunAsync(once, () => MakeAsync(request, once, cancellationToken), made => RepeatAsync(request, made, cancellationToken), cancellationToken);
    }

    private async Task<Result<CreatedAccount>> MakeAsync(CreateAccount request, Once? once, CancellationToken cancellationToken)
    {
        var hash = await hasher.HashAsync(request.Password, cancellationToken);
        if (!hash.IsSuccess)
            return hash.Refusal;

        var now = time.GetUtcNow();
        var account = new Account(AccountId.FromRandom(RandomNumberGenerator.GetBytes(AccountId.Size)), EmailAddress.Parse(request.Email!), hash.Value, now);
        var org = new Org(
            request.Org is null ? OrgName.FromRandom(RandomNumberGenerator.GetBytes(OrgName.GeneratedSize)) : OrgName.Parse(request.Org),
            account.Id, now);

        return await store.AddAccountAsync(account, org, once?.Made($"{account.Id} {org.Name}", now), cancellationToken) is { } refusal
            ? refusal
            : new CreatedAccount(account.Id, org.Name, tokens.IssueForAccount(account));
    }

    /// <summary>The password is not in the request's fingerprint: it is checked, at the same cost, and shows that the same one asks.</summary>
    private async Task<Result<CreatedAccount>> RepeatAsync(CreateAccount request, string made, CancellationToken cancellationToken)
    {
        var ids = made.Split(' ');
        var account = await store.FindAccountAsync(AccountId.Parse(ids[0]), cancellationToken);
        var check = await caller.PasswordAsync(request.Password, EmailAddress.Parse(request.Email!), () => Task.FromResult(account is { ClosedAt: null } ? account : null), cancellationToken);
        if (!check.IsSuccess)
            return check.Refusal;
        if (!check.Value.Matches)
            return OnceOnly.Conflict;
        return account!.JudgeService() is { } notServed ? notServed : new CreatedAccount(account.Id, OrgName.Parse(ids[1]), tokens.IssueForAccount(account));
    }
}
