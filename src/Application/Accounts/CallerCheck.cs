using Skytale.Accounts;
using Skytale.Application.Limits;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Who is asking: finds the account behind an account token or an API key. What is wrong with a key is never said.</summary>
public sealed class CallerCheck(IAccountStore store, ISecretHasher hasher, IAccountTokenVerifier tokens, CallerLimits limits, TimeProvider time)
{
    /// <summary>The stored key of an API key that is good now; one hash is computed whether its id is known or not.</summary>
    public async Task<Result<ApiKey>> KeyAsync(SecretText credential, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.TryParse(credential.Reveal(), out var secret))
            return WrongKey;
        ApiKey? key = null;
        var check = await hasher.CheckAsync(secret.Secret, async () => (key = await store.FindKeyAsync(secret.KeyId, cancellationToken))?.SecretHash, cancellationToken);
        if (!check.IsSuccess)
            return check.Refusal;
        if (key is null || !check.Value.Matches || key.RevokedAt is not null)
            return WrongKey;
        if (limits.Take(key.AccountId) is { } tooOften)
            return tooOften;
        if (await store.FindAccountAsync(key.AccountId, cancellationToken) is { } account && account.JudgeService() is { } notServed)
            return notServed;
        if (check.Value.Replacement is { } replacement)
            await store.ReplaceKeyHashAsync(key.Id, key.SecretHash, replacement, cancellationToken);
        if (key.IsUseNews(time.GetUtcNow()))
            await store.NoteKeyUseAsync(key.Id, time.GetUtcNow(), cancellationToken);
        return key;
    }

    /// <summary>The account whose own token this is; the account of another is forbidden, whether it exists or not.</summary>
    public async Task<Result<Account>> OwnerAsync(SecretText credential, AccountId account, CancellationToken cancellationToken)
    {
        var token = await tokens.VerifyAccountTokenAsync(credential);
        if (!token.IsSuccess)
            return token.Refusal;
        if (token.Value.AccountId != account)
            return AnothersAccount;
        // One that is not there has left nothing but its tokens: as if it was closed.
        if (await store.FindAccountAsync(account, cancellationToken) is not { } owner)
            return new Refusal(ErrorCode.InvalidToken, "The token is not valid.");
        return (owner.JudgeToken(token.Value.Generation) ?? limits.Take(account)) is { } refusal ? refusal : owner;
    }

    /// <summary>Null for the account's own token, or for an API key of it that may register agents.</summary>
    public async Task<Refusal?> RegistrarAsync(SecretText credential, AccountId account, CancellationToken cancellationToken)
    {
        if (!credential.Reveal().StartsWith(ApiKeySecret.Prefix, StringComparison.Ordinal))
            return (await OwnerAsync(credential, account, cancellationToken)).Refusal;
        var key = await KeyAsync(credential, cancellationToken);
        if (!key.IsSuccess)
            return key.Refusal;
        if (key.Value.AccountId != account)
            return AnothersAccount;
        return key.Value.Scopes.Allows(Verb.Register) ? null : new Refusal(ErrorCode.OutOfScope, "The key's scopes do not have 'register'.");
    }

    /// <summary>Whether a password is that of the account with an e-mail address; one hash is computed, whether there is such an account or not.</summary>
    /// <param name="find">Finds the account; without one nobody's password is right.</param>
    /// <returns>Refuses where that address was tried too often, or too much is to be hashed.</returns>
    public async Task<Result<SecretCheck>> PasswordAsync(SecretText password, EmailAddress email, Func<Task<Account?>> find, CancellationToken cancellationToken)
    {
        if (limits.Try(email) is { } tooOften)
            return tooOften;
        var check = await hasher.CheckAsync(password, async () => (await find())?.PasswordHash, cancellationToken);
        if (!check.IsSuccess || check.Value.Matches)
            limits.WasNoGuess(email);
        return check;
    }

    /// <summary>Null when the password is the account's, who asks for what wants it beside the token.</summary>
    public async Task<Refusal?> PasswordAsync(SecretText password, Account account, CancellationToken cancellationToken)
    {
        var check = await PasswordAsync(password, account.Email, () => Task.FromResult<Account?>(account), cancellationToken);
        return !check.IsSuccess ? check.Refusal : check.Value.Matches ? null : new Refusal(ErrorCode.InvalidCredentials, "The password is not right.");
    }

    private static Refusal WrongKey => new(ErrorCode.InvalidCredentials, "The API key is not valid.");

    private static Refusal AnothersAccount => new(ErrorCode.Forbidden, "This credential belongs to another account.");
}
