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
public sealed record CreateKey(AccountId AccountId, SecretText Credential, string? Name) : IRequest<Result<CreatedKey>>;

/// <param name="Key">The whole key: the only time that it is seen.</param>
public sealed record CreatedKey(KeyId KeyId, ApiKeySecret Key);

public sealed class CreateKeyValidator : AbstractValidator<CreateKey>
{
    public CreateKeyValidator() =>
        RuleFor(request => request.Name).Must(name => name!.Length <= ApiKey.MaxLabelLength && !name.Any(char.IsControl)).When(request => request.Name is not null)
            .WithMessage($"A key's name has at most {ApiKey.MaxLabelLength} printable characters.");
}

public sealed class CreateKeyHandler(CallerCheck caller, IAccountStore store, ISecretHasher hasher, Quota quota, TimeProvider time)
    : IRequestHandler<CreateKey, Result<CreatedKey>>
{
    public async Task<Result<CreatedKey>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        if (await caller.AccountTokenAsync(request.Credential, request.AccountId) is { } notTheOwner)
            return notTheOwner;

        var secret = ApiKeySecret.FromRandom(
            KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize));
        var hash = await hasher.HashAsync(secret.Secret, cancellationToken);
        if (!hash.IsSuccess)
            return hash.Refusal;

        var key = new ApiKey(secret.KeyId, request.AccountId, request.Name ?? "", hash.Value, time.GetUtcNow());
        return await store.AddKeyAsync(key, quota, cancellationToken) is { } refusal
            ? refusal
            : new CreatedKey(key.Id, secret);
    }
}
