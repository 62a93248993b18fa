using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Who is asking: finds the account behind an account token or an API key. What is wrong with a key is never said.</summary>
public sealed class CallerCheck(IAccountStore store, ISecretHasher hasher, IAccountTokenVerifier tokens)
{
    /// <summary>The stored key of an API key; one hash is computed whether its id is known or not.</summary>
    public async Task<Result<ApiKey>> KeyAsync(SecretText credential, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.TryParse(credential.Reveal(), out var secret))
            return WrongKey;
        var key = await store.FindKeyAsync(secret.KeyId, cancellationToken);
        var check = await hasher.CheckAsync(secret.Secret, key?.SecretHash, cancellationToken);
        if (!check.IsSuccess)
            return check.Refusal;
        if (key is null || !check.Value.Matches)
            return WrongKey;
        if (check.Value.Replacement is { } replacement)
            await store.ReplaceKeyHashAsync(key.Id, key.SecretHash, replacement, cancellationToken);
        return key;
    }

    /// <summary>Null when the token is <paramref name="account"/>'s own; the account of another is forbidden, whether it exists or not.</summary>
    public async Task<Refusal?> AccountTokenAsync(SecretText credential, AccountId account) =>
        Owns(await tokens.VerifyAccountTokenAsync(credential), account);

    /// <summary>As <see cref="AccountTokenAsync"/>, for an account token or an API key.</summary>
    public async Task<Refusal?> TokenOrKeyAsync(SecretText credential, AccountId account, CancellationToken cancellationToken)
    {
        if (!credential.Reveal().StartsWith(ApiKeySecret.Prefix, StringComparison.Ordinal))
            return await AccountTokenAsync(credential, account);
        var key = await KeyAsync(credential, cancellationToken);
        return key.IsSuccess ? Owns(key.Value.AccountId, account) : key.Refusal;
    }

    private static Refusal WrongKey => new(ErrorCode.InvalidCredentials, "The API key is not valid.");

    private static Refusal? Owns(Result<AccountId> caller, AccountId account) =>
        !caller.IsSuccess ? caller.Refusal
        : caller.Value == account ? null
        : new Refusal(ErrorCode.Forbidden, "This credential belongs to another account.");
}
