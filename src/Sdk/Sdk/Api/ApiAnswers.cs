namespace Skytale.Sdk.Api;

// What the API server answers. ToString shows no credential: these records end up in logs and debuggers.

/// <summary>A new account: 201 of <c>POST /accounts</c>.</summary>
/// <param name="AccountId">The account's id, for good.</param>
/// <param name="Org">The first part of the account's channel names.</param>
/// <param name="AccountToken">A short-lived credential of the account itself; makes API keys.</param>
/// <param name="ExpiresAt">When the token ends (UTC).</param>
public sealed record NewAccount(string AccountId, string Org, string AccountToken, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"{AccountId} ({Org})";
}

/// <summary>A fresh account token: 201 of <c>POST /sessions</c>.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="AccountToken">A credential of the account itself, good for a quarter of an hour.</param>
/// <param name="ExpiresAt">When the token ends (UTC).</param>
public sealed record AccountSession(string AccountId, string AccountToken, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => AccountId;
}

/// <summary>A new API key: 201 of <c>POST /accounts/{id}/keys</c>.</summary>
/// <param name="KeyId">Its id, which is no secret.</param>
/// <param name="ApiKey">The whole key: the service shows it this once.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
public sealed record NewKey(string KeyId, string ApiKey, IReadOnlyList<string> Scopes)
{
    /// <inheritdoc/>
    public override string ToString() => KeyId;
}

/// <summary>What an API key is good for: 200 of <c>GET /key</c>.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="KeyId">Its id, which is no secret.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
/// <param name="Orgs">The account's organisations: the first parts of its channel names.</param>
public sealed record KeyOwner(string AccountId, string KeyId, IReadOnlyList<string> Scopes, IReadOnlyList<string> Orgs);

// The same on the wire, where a repeat of the request is answered without the key.
internal sealed record KeyAnswer(string KeyId, IReadOnlyList<string> Scopes, string? ApiKey = null)
{
    public override string ToString() => KeyId;
}

internal sealed record Org(string Name);

internal sealed record OrgList(IReadOnlyList<Org> Orgs);

/// <summary>An API key without its secret: one of 200 of <c>GET /accounts/{id}/keys</c>.</summary>
/// <param name="KeyId">Its id, which is no secret.</param>
/// <param name="Name">What the owner calls it; may be empty.</param>
/// <param name="Prefix">How the whole key begins.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="LastUsedAt">When it was used last, up to five minutes behind; null: never.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
public sealed record AccountKey(
    string KeyId, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null);

internal sealed record KeyList(IReadOnlyList<AccountKey> Keys);

/// <summary>An agent in an account: 201 of <c>POST /accounts/{id}/agents</c>, and what lists hold.</summary>
/// <param name="AgentId">The did:key of its identity key.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="AccountId">The account that it is in.</param>
/// <param name="CreatedAt">When it was entered (UTC).</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
public sealed record RegisteredAgent(string AgentId, string Name, string AccountId, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null);

internal sealed record AgentPage(IReadOnlyList<RegisteredAgent> Agents, int? NextPage = null);

/// <summary>A token with which one agent connects to the relay, or to a SLIM proxy: 200 of <c>POST /tokens</c>.</summary>
/// <param name="AgentId">The did:key of the agent that it is for.</param>
/// <param name="Token">The token (JWT, RFC 7519).</param>
/// <param name="ExpiresAt">When it ends (UTC): an hour after it was made.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
/// <param name="Relay">Where it is good.</param>
public sealed record AgentToken(string AgentId, string Token, DateTimeOffset ExpiresAt, IReadOnlyList<string> Scopes, RelayLocation Relay)
{
    /// <inheritdoc/>
    public override string ToString() => $"{AgentId} at {Relay}";
}

/// <summary>Where the relay is.</summary>
/// <param name="Name">The name in its certificate and the audience of tokens.</param>
/// <param name="Host">An address or a DNS name.</param>
/// <param name="Port">The port, the same over UDP and TCP.</param>
/// <param name="CertificateSha256">SHA-256 of its end-entity certificate (DER), 64 hexadecimal digits.</param>
public sealed record RelayLocation(string Name, string Host, int Port, string CertificateSha256);
