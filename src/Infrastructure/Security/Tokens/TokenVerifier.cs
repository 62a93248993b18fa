using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Security.Tokens;

/// <summary>
/// Checks tokens with public keys alone, so that a relay needs nothing but the JWKS. Only ES256 is accepted, whatever the
/// token's header says (RFC 8725 § 3.1).
/// </summary>
public sealed class TokenVerifier : IAccountTokenVerifier
{
    /// <summary>How far two clocks may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const int MaxTokenLength = 16 * 1024;
    private static readonly Refusal Invalid = new(ErrorCode.InvalidToken, "The token is not valid.");

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength, MapInboundClaims = false };
    private readonly string _issuer;
    private readonly Func<IEnumerable<SecurityKey>> _keys;
    private readonly Func<Task>? _lookAgain;
    private readonly TimeProvider _time;

    /// <param name="issuer">The only issuer to accept.</param>
    /// <param name="keys">The issuer's public keys, as they are known at the time.</param>
    /// <param name="time">The clock that expiry is judged by.</param>
    public TokenVerifier(string issuer, KnownKeys keys, TimeProvider time) =>
        (_issuer, _keys, _lookAgain, _time) = (issuer, () => keys.Good, keys.LookAgainAsync, time);

    /// <param name="issuer">The only issuer to accept.</param>
    /// <param name="keys">The issuer's public keys, as its JWKS shows them; there are no others.</param>
    /// <param name="time">The clock that expiry is judged by.</param>
    public TokenVerifier(string issuer, IReadOnlyList<JsonWebKey> keys, TimeProvider time) =>
        (_issuer, _keys, _lookAgain, _time) = (issuer, () => keys, null, time);

    /// <summary>Checks an agent's token for the relay of this name.</summary>
    /// <returns>Refuses <see cref="ErrorCode.ExpiredToken"/>, <see cref="ErrorCode.WrongAudience"/>, else <see cref="ErrorCode.InvalidToken"/>.</returns>
    public async Task<Result<VerifiedToken>> VerifyAgentTokenAsync(SecretText token, string relayName)
    {
        var verified = await VerifyAsync(token, relayName);
        if (!verified.IsSuccess)
            return verified.Refusal;

        // The confirmation key must be the subject's own: a did:key spells its key out.
        return TokenOf(verified.Value) is { } read && ConfirmationOf(verified.Value) == Base64UrlEncoder.Encode(read.AgentId.ToPublicKey()) ? read : Invalid;
    }

    /// <summary>Checks a token for links of SLIM names.</summary>
    /// <returns>Refuses <see cref="ErrorCode.ExpiredToken"/>, <see cref="ErrorCode.WrongAudience"/>, else <see cref="ErrorCode.InvalidToken"/>.</returns>
    public async Task<Result<VerifiedToken>> VerifySlimTokenAsync(SecretText token)
    {
        var verified = await VerifyAsync(token, TokenOptions.SlimAudience);
        if (!verified.IsSuccess)
            return verified.Refusal;
        return TokenOf(verified.Value) is { } read ? read : Invalid;
    }

    public async Task<Result<AccountTokenClaims>> VerifyAccountTokenAsync(SecretText token)
    {
        var verified = await VerifyAsync(token, TokenOptions.ApiAudience);
        if (!verified.IsSuccess)
            return verified.Refusal;
        return AccountId.TryParse(verified.Value.Subject, out var account) && Text(verified.Value, TokenClaims.Scope) == TokenClaims.AccountScope
            && verified.Value.TryGetPayloadValue<int>(TokenClaims.Generation, out var generation)
                ? new AccountTokenClaims(account, generation)
                : Invalid;
    }

    public async Task<Result<AdminId>> VerifyAdminTokenAsync(SecretText token)
    {
        var verified = await VerifyAsync(token, TokenOptions.AdminAudience);
        if (!verified.IsSuccess)
            return verified.Refusal;
        return AdminId.TryParse(verified.Value.Subject, out var admin) && Text(verified.Value, TokenClaims.Scope) == TokenClaims.AdminScope ? admin : Invalid;
    }

    private async Task<Result<JsonWebToken>> VerifyAsync(SecretText token, string audience)
    {
        var text = token.Reveal();
        if (text.Length is 0 or > MaxTokenLength)
            return Invalid;
        var outcome = await _handler.ValidateTokenAsync(text, ParametersFor(audience));
        if (!outcome.IsValid && _lookAgain is not null && KidOf(text) is { } kid && _keys().All(key => key.KeyId != kid))
        {
            await _lookAgain();
            outcome = await _handler.ValidateTokenAsync(text, ParametersFor(audience));
        }
        if (outcome.IsValid)
            return (JsonWebToken)outcome.SecurityToken;
        return outcome.Exception switch
        {
            SecurityTokenExpiredException => new Refusal(ErrorCode.ExpiredToken, "The token has expired; ask for a new one."),
            SecurityTokenInvalidAudienceException => new Refusal(ErrorCode.WrongAudience, "The token is for another service."),
            _ => Invalid,
        };
    }

    private TokenValidationParameters ParametersFor(string audience) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = _keys(),
        TryAllIssuerSigningKeys = false, // The token names its key (kid).
        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        ValidIssuer = _issuer,
        ValidAudience = audience,
        LifetimeValidator = IsAlive,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (expires is { } end && now >= end + ClockSkew)
            throw new SecurityTokenExpiredException();
        return expires is not null && (notBefore is null || now >= notBefore - ClockSkew);
    }

    /// <summary>The key that the token says it is signed with; null where it says none.</summary>
    private static string? KidOf(string token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, Math.Max(0, token.IndexOf('.', StringComparison.Ordinal)))));
            return header.RootElement.ValueKind == JsonValueKind.Object && header.RootElement.TryGetProperty("kid", out var kid) && kid.ValueKind == JsonValueKind.String ? kid.GetString() : null;
        }
        catch (Exception none) when (none is FormatException or JsonException)
        {
            return null; // Whatever it is, no key is to be looked for.
        }
    }

    private static VerifiedToken? TokenOf(JsonWebToken jwt) =>
        AgentId.TryParse(jwt.Subject, out var agent)
            && AgentName.TryParse(Text(jwt, TokenClaims.AgentName), out var name)
            && AccountId.TryParse(Text(jwt, TokenClaims.Account), out var account)
            && KeyId.TryParse(Text(jwt, TokenClaims.Key), out var key)
            && OrgsOf(jwt) is { } orgs
            && ScopeSet.TryParse(Text(jwt, TokenClaims.Scope), out var scopes)
            && !string.IsNullOrEmpty(jwt.Id)
                ? new VerifiedToken(agent, name, account, key, orgs, scopes, jwt.Id, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero))
                : null;

    private static string? Text(JsonWebToken jwt, string claim) => jwt.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static string? ConfirmationOf(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue<JsonElement>(TokenClaims.Confirmation, out var confirmation)
        && confirmation.ValueKind == JsonValueKind.Object && confirmation.TryGetProperty("jwk", out var jwk)
        && jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty("crv", out var curve) && curve.ValueEquals("Ed25519")
        && jwk.TryGetProperty("x", out var x) && x.ValueKind == JsonValueKind.String
            ? x.GetString()
            : null;

    private static List<OrgName>? OrgsOf(JsonWebToken jwt)
    {
        if (!jwt.TryGetPayloadValue<string[]>(TokenClaims.Orgs, out var texts) || texts is null)
            return null;
        var orgs = new List<OrgName>(texts.Length);
        foreach (var text in texts)
        {
            if (!OrgName.TryParse(text, out var org))
                return null;
            orgs.Add(org);
        }
        return orgs;
    }
}
