using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Security.Tokens;

/// <summary>Signs tokens with ES256 (RFC 7518 § 3.4).</summary>
public sealed class TokenIssuer : ITokenIssuer
{
    private readonly TokenOptions _options;
    private readonly Func<SigningCredentials> _credentials;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Signs with whatever key the signer has at the time.</summary>
    public TokenIssuer(TokenOptions options, TokenSigner signer, TimeProvider time) => (_options, _credentials, _time) = (options, () => signer.Credentials, time);

    /// <summary>Signs with one key.</summary>
    public TokenIssuer(TokenOptions options, TokenSigningKey key, TimeProvider time) => (_options, _credentials, _time) = (options, () => key.Credentials, time);

    public IssuedToken IssueForAgent(AgentGrant grant)
    {
        var claims = ClaimsOf(grant);
        claims[TokenClaims.Confirmation] = new Dictionary<string, object>
        {
            ["jwk"] = new Dictionary<string, object>
            {
                ["kty"] = "OKP",
                ["crv"] = "Ed25519",
                ["x"] = Base64UrlEncoder.Encode(grant.Agent.Id.ToPublicKey()),
            },
        };
        return Sign(_options.RelayName, _options.AgentTokenLifetime, claims);
    }

    // A bearer token, as SLIM has them: no confirmation key, for nobody would ask for the proof.
    public IssuedToken IssueForSlim(AgentGrant grant) => Sign(TokenOptions.SlimAudience, _options.AgentTokenLifetime, ClaimsOf(grant));

    public IssuedToken IssueForAccount(Account account) => Sign(TokenOptions.ApiAudience, _options.AccountTokenLifetime, new Dictionary<string, object>
    {
        [JwtRegisteredClaimNames.Sub] = account.Id.ToString(),
        [TokenClaims.Account] = account.Id.ToString(),
        [TokenClaims.Generation] = account.TokenGeneration,
        [TokenClaims.Scope] = TokenClaims.AccountScope,
    });

    public IssuedToken IssueForAdmin(AdminId admin) => Sign(TokenOptions.AdminAudience, _options.AdminTokenLifetime, new Dictionary<string, object>
    {
        [JwtRegisteredClaimNames.Sub] = admin.ToString(),
        [TokenClaims.Scope] = TokenClaims.AdminScope,
    });

    private static Dictionary<string, object> ClaimsOf(AgentGrant grant) => new()
    {
        [JwtRegisteredClaimNames.Sub] = grant.Agent.Id.ToString(),
        [TokenClaims.Account] = grant.Agent.AccountId.ToString(),
        [TokenClaims.Key] = grant.KeyId.ToString(),
        [TokenClaims.AgentName] = grant.Agent.Name.ToString(),
        [TokenClaims.Orgs] = grant.Orgs.Select(org => org.ToString()).ToArray(),
        [TokenClaims.Scope] = grant.Scopes.ToString(),
    };

    private IssuedToken Sign(string audience, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        // Whole seconds, as the token has them (RFC 7519 § 2, NumericDate).
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        claims[JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("n");
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials(),
        });
        return new IssuedToken(new SecretText(token), now + lifetime);
    }
}
