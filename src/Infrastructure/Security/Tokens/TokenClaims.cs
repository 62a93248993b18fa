namespace Skytale.Security.Tokens;

/// <summary>The claims of our tokens beside the registered ones (RFC 7519 § 4.1), and their fixed values.</summary>
internal static class TokenClaims
{
    public const string Account = "acct";
    public const string Key = "key";
    public const string AgentName = "agent";
    public const string Orgs = "orgs";
    public const string Scope = "scope";

    /// <summary>The key that the bearer must prove to have (RFC 7800 § 3.2), as an Ed25519 JWK (RFC 8037 § 2).</summary>
    public const string Confirmation = "cnf";

    /// <summary>What an agent's token allows: everything that the channel's own rules allow the agent.</summary>
    public const string AgentScope = "channels";

    /// <summary>What a token for SLIM allows: links of the account's SLIM names.</summary>
    public const string SlimScope = "slim";

    /// <summary>What an account's token allows.</summary>
    public const string AccountScope = "account";
}
