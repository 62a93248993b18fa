using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Makes an API key: <c>POST /accounts/{id}/keys</c>.</summary>
/// <param name="Credential">The account's token.</param>
/// <param name="Name">What the owner calls it; may be null.</param>
/// <param name="Scopes">What it allows; null: everything.</param>
public sealed record CreateKey(AccountId AccountId, SecretText Credential, string? Name, IReadOnlyList<string?>? Scopes = null, string? IdempotencyKey = null) : IRequest<Result<CreatedKey>>;

/// <param name="Secret">The whole key, this once; null for a repeat, for nobody has it any more.</param>
public sealed record CreatedKey(ApiKey Key, ApiKeySecret? Secret);

public sealed class CreateKeyValidator : AbstractValidator<CreateKey>
{
    public CreateKeyValidator()
    {
        RuleFor(request => request.Name).Must(name => name!.Length <= ApiKey.MaxLabelLength && !name.Any(char.IsControl)).When(request => request.Name is not null)
            .WithMessage($"A key's name has at most {ApiKey.MaxLabelLength} printable characters.");
        RuleFor(request => request.Scopes).Must(scopes => ScopeSet.TryOf(scopes!, out _)).When(request => request.Scopes is not null)
            .WithMessage($"Scopes are {ScopeSet.Rule}.");
        RuleFor(request => request.IdempotencyKey).IsIdempotencyKey();
    }
}

public sealed class CreateKeyHandler(CallerCheck caller, OnceOnly onceOnly, IAccountStore store, ISecretHasher hasher, Quota quota, TimeProvider time)
    : IRequestHandler<CreateKey, Result<CreatedKey>>
{
    public async Task<Result<CreatedKey>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        var scopes = request.Scopes is { } asked && ScopeSet.TryOf(asked, out var set) ? set : ScopeSet.Everything;
        var once = Once.Of(request.AccountId.ToString(), request.IdempotencyKey, nameof(CreateKey), request.Name, scopes.ToString());
        return await onceOnly.RunAsync(once, () => MakeAsync(request, scopes, once, cancellationToken), made => FindAsync(made, cancellationToken), cancellationToken);
    }

    private async Task<Result<CreatedKey>> MakeAsync(CreateKey request, ScopeSet scopes, Once? once, CancellationToken cancellationToken)
    {
        var secret = ApiKeySecret.FromRandom(
            KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize));
        var hash = await hasher.HashAsync(secret.Secret, cancellationToken);
        if (!hash.IsSuccess)
            return hash.Refusal;

        var key = new ApiKey(secret.KeyId, request.AccountId, request.Name ?? "", scopes, hash.Value, time.GetUtcNow());
        return await store.AddKeyAsync(key, quota, once?.Made(key.Id.ToString(), key.CreatedAt), cancellationToken) is { } refusal
            ? refusal
            : new CreatedKey(key, secret);
    }

    private async Task<Result<CreatedKey>> FindAsync(string made, CancellationToken cancellationToken) =>
        await store.FindKeyAsync(KeyId.Parse(made), cancellationToken) is { } key ? new CreatedKey(key, null) : OnceOnly.Conflict;
}
