using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Security.Tokens;

/// <summary>What a valid agent's token says; made by <see cref="TokenVerifier"/> only.</summary>
/// <param name="AgentId">The subject. Its key is the one that the bearer must prove to have (<c>cnf</c>).</param>
/// <param name="TokenId"><c>jti</c>.</param>
public sealed record VerifiedToken(
    AgentId AgentId, AgentName AgentName, AccountId AccountId, KeyId KeyId, IReadOnlyList<OrgName> Orgs, ScopeSet Scopes, string TokenId, DateTimeOffset ExpiresAt);
