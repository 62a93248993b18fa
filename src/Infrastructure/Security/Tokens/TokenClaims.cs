namespace Skytale.Security.Tokens;

/// <summary>The claims of our tokens beside the registered ones (RFC 7519 § 4.1), and their fixed values.</summary>
internal static class TokenClaims
{
    public const string Account = "acct";
    public const string Key = "key";
    public const string AgentName = "agent";
    public const string Orgs = "orgs";
    /// <summary>What the token allows, with spaces between (RFC 8693 § 4.2): scopes of docs/authorization.md, or <see cref="AccountScope"/>.</summary>
    public const string Scope = "scope";

    /// <summary>The generation of an account's tokens.</summary>
    public const string Generation = "gen";

    /// <summary>The key that the bearer must prove to have (RFC 7800 § 3.2), as an Ed25519 JWK (RFC 8037 § 2).</summary>
    public const string Confirmation = "cnf";

    /// <summary>What an account's token allows.</summary>
    public const string AccountScope = "account";

    /// <summary>What an administrator's token allows.</summary>
    public const string AdminScope = "admin";
}
