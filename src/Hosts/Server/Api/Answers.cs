using Microsoft.IdentityModel.Tokens;
using Skytale.Accounts;
using Skytale.Application.Accounts;

namespace Skytale.Server.Api;

// What the API answers, in snake_case; what is null is left out, and has a default so that the document says so.

internal sealed record AccountAnswer(string AccountId, string Org, string AccountToken, DateTimeOffset ExpiresAt)
{
    public static AccountAnswer Of(CreatedAccount made) => new(made.AccountId.ToString(), made.Org.ToString(), made.AccountToken.Token.Reveal(), made.AccountToken.ExpiresAt);
}

internal sealed record SessionAnswer(string AccountId, string AccountToken, DateTimeOffset ExpiresAt)
{
    public static SessionAnswer Of(CreatedSession made) => new(made.AccountId.ToString(), made.AccountToken.Token.Reveal(), made.AccountToken.ExpiresAt);
}

internal sealed record OrgAnswer(string Name);

internal sealed record OrgListAnswer(IReadOnlyList<OrgAnswer> Orgs);

/// <param name="ApiKey">The whole key: only in the answer to the request that made it, and not to its repeat.</param>
internal sealed record KeyAnswer(
    string KeyId, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null,
    string? ApiKey = null)
{
    public static KeyAnswer Of(ApiKey key, ApiKeySecret? secret = null) =>
        new(key.Id.ToString(), key.Label, key.Prefix, key.Scopes.Texts, key.CreatedAt, key.LastUsedAt, key.RevokedAt, secret?.Reveal());
}

internal sealed record KeyOwnerAnswer(string AccountId, string KeyId, IReadOnlyList<string> Scopes, IReadOnlyList<string> Orgs)
{
    public static KeyOwnerAnswer Of(KeyOwner found) => new(found.Key.AccountId.ToString(), found.Key.Id.ToString(), found.Key.Scopes.Texts, [.. found.Orgs.Select(org => org.ToString())]);
}

internal sealed record KeyListAnswer(IReadOnlyList<KeyAnswer> Keys);

internal sealed record AgentAnswer(string AgentId, string Name, string AccountId, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null)
{
    public static AgentAnswer Of(Accounts.Agent agent) => new(agent.Id.ToString(), agent.Name.ToString(), agent.AccountId.ToString(), agent.CreatedAt, agent.RevokedAt);
}

internal sealed record AgentListAnswer(IReadOnlyList<AgentAnswer> Agents, int? NextPage = null);

internal sealed record TokenAnswer(string Token, DateTimeOffset ExpiresAt, string AgentId, IReadOnlyList<string> Scopes, RelayAnswer Relay);

internal sealed record RelayAnswer(string Name, string Host, int Port, string CertificateSha256);

internal sealed record JwksAnswer(IReadOnlyList<JwkAnswer> Keys);

internal sealed record JwkAnswer(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use)
{
    public static JwkAnswer Of(JsonWebKey key) => new(key.Kty, key.Crv, key.X, key.Y, key.Kid, key.Alg, key.Use);
}

/// <param name="Code">Stable; docs/protocol/relay.md lists them.</param>
/// <param name="Errors">One message a field; null where it is not about single fields.</param>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string Code, string Detail, string RequestId, IReadOnlyDictionary<string, string>? Errors = null);
