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
    private readonly IReadOnlyList<SecurityKey> _keys;
    private readonly TimeProvider _time;

    /// <param name="issuer">The only issuer to accept.</param>
    /// <param name="keys">The issuer's public keys, as its JWKS shows them.</param>
    /// <param name="time">The clock that expiry is judged by.</param>
    public TokenVerifier(string issuer, IEnumerable<JsonWebKey> keys, TimeProvider time)
    {
        _issuer = issuer;
        _keys = [.. keys];
        _time = time;
    }

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
        return TokenOf(verified.Value) is { Scope: TokenClaims.SlimScope } read ? read : Invalid;
    }

    public async Task<Result<AccountId>> VerifyAccountTokenAsync(SecretText token)
    {
        var verified = await VerifyAsync(token, TokenOptions.ApiAudience);
        if (!verified.IsSuccess)
            return verified.Refusal;
        return AccountId.TryParse(verified.Value.Subject, out var account) && Text(verified.Value, TokenClaims.Scope) == TokenClaims.AccountScope
            ? account
            : Invalid;
    }

    private async Task<Result<JsonWebToken>> VerifyAsync(SecretText token, string audience)
    {
        var text = token.Reveal();
        if (text.Length is 0 or > MaxTokenLength)
            return Invalid;
        var outcome = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = _keys,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            ValidIssuer = _issuer,
            ValidAudience = audience,
            LifetimeValidator = IsAlive,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        });
        if (outcome.IsValid)
            return (JsonWebToken)outcome.SecurityToken;
        return outcome.Exception switch
        {
            SecurityTokenExpiredException => new Refusal(ErrorCode.ExpiredToken, "The token has expired; ask for a new one."),
            SecurityTokenInvalidAudienceException => new Refusal(ErrorCode.WrongAudience, "The token is for another service."),
            _ => Invalid,
        };
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (expires is { } end && now >= end + ClockSkew)
            throw new SecurityTokenExpiredException();
        return expires is not null && (notBefore is null || now >= notBefore - ClockSkew);
    }

    private static VerifiedToken? TokenOf(JsonWebToken jwt) =>
        AgentId.TryParse(jwt.Subject, out var agent)
            && AgentName.TryParse(Text(jwt, TokenClaims.AgentName), out var name)
            && AccountId.TryParse(Text(jwt, TokenClaims.Account), out var account)
            && KeyId.TryParse(Text(jwt, TokenClaims.Key), out var key)
            && OrgsOf(jwt) is { } orgs
            && Text(jwt, TokenClaims.Scope) is { } scope
            && !string.IsNullOrEmpty(jwt.Id)
                ? new VerifiedToken(agent, name, account, key, orgs, scope, jwt.Id, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero))
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
