using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>Who is asking, where only administrators may. What is wrong with a key is never said.</summary>
public sealed class AdminCheck(IAdminStore store, ISecretHasher hasher, IAccountTokenVerifier tokens)
{
    /// <summary>The administrator whose token this is, who is not revoked.</summary>
    public async Task<Result<Administrator>> AdminAsync(SecretText credential, CancellationToken cancellationToken)
    {
        var token = await tokens.VerifyAdminTokenAsync(credential);
        if (!token.IsSuccess)
            return token.Refusal;
        return await store.FindAdminAsync(token.Value, cancellationToken) is { RevokedAt: null } admin
            ? admin
            : new Refusal(ErrorCode.InvalidToken, "The token is not valid.");
    }

    /// <summary>The administrator whose key this is, who is not revoked; one hash is computed whether its id is known or not.</summary>
    public async Task<Result<Administrator>> KeyAsync(SecretText credential, CancellationToken cancellationToken)
    {
        if (!AdminSecret.TryParse(credential.Reveal(), out var secret))
            return WrongKey;
        Administrator? admin = null;
        var check = await hasher.CheckAsync(secret.Secret, async () => (admin = await store.FindAdminAsync(secret.AdminId, cancellationToken))?.SecretHash, cancellationToken);
        if (!check.IsSuccess)
            return check.Refusal;
        if (admin is not { RevokedAt: null } || !check.Value.Matches)
            return WrongKey;
        if (check.Value.Replacement is { } replacement)
            await store.ReplaceAdminHashAsync(admin.Id, admin.SecretHash, replacement, cancellationToken);
        return admin;
    }

    private static Refusal WrongKey => new(ErrorCode.InvalidCredentials, "The administrator's key is not valid.");
}
