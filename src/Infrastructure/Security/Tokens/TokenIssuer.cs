using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Security.Tokens;

/// <summary>Signs tokens with ES256 (RFC 7518 § 3.4).</summary>
public sealed class TokenIssuer(TokenOptions options, TokenSigningKey key, TimeProvider time) : ITokenIssuer
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public IssuedToken IssueForAgent(AgentGrant grant)
    {
        var claims = ClaimsOf(grant, TokenClaims.AgentScope);
        claims[TokenClaims.Confirmation] = new Dictionary<string, object>
        {
            ["jwk"] = new Dictionary<string, object>
            {
                ["kty"] = "OKP",
                ["crv"] = "Ed25519",
                ["x"] = Base64UrlEncoder.Encode(grant.Agent.Id.ToPublicKey()),
            },
        };
        return Sign(options.RelayName, options.AgentTokenLifetime, claims);
    }

    // A bearer token, as SLIM has them: no confirmation key, for nobody would ask for the proof.
    public IssuedToken IssueForSlim(AgentGrant grant) => Sign(TokenOptions.SlimAudience, options.AgentTokenLifetime, ClaimsOf(grant, TokenClaims.SlimScope));

    public IssuedToken IssueForAccount(AccountId account) => Sign(TokenOptions.ApiAudience, options.AccountTokenLifetime, new Dictionary<string, object>
    {
        [JwtRegisteredClaimNames.Sub] = account.ToString(),
        [TokenClaims.Account] = account.ToString(),
        [TokenClaims.Scope] = TokenClaims.AccountScope,
    });

    private static Dictionary<string, object> ClaimsOf(AgentGrant grant, string scope) => new()
    {
        [JwtRegisteredClaimNames.Sub] = grant.Agent.Id.ToString(),
        [TokenClaims.Account] = grant.Agent.AccountId.ToString(),
        [TokenClaims.Key] = grant.KeyId.ToString(),
        [TokenClaims.AgentName] = grant.Agent.Name.ToString(),
        [TokenClaims.Orgs] = grant.Orgs.Select(org => org.ToString()).ToArray(),
        [TokenClaims.Scope] = scope,
    };

    private IssuedToken Sign(string audience, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        // Whole seconds, as the token has them (RFC 7519 § 2, NumericDate).
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        claims[JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("n");
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
        return new IssuedToken(new SecretText(token), now + lifetime);
    }
}
