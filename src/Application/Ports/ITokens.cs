using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>Signs tokens.</summary>
public interface ITokenIssuer
{
    /// <summary>A token of one hour with which an agent connects to the relay.</summary>
    IssuedToken IssueForAgent(AgentGrant grant);

    /// <summary>A token of one hour with which whoever bears it opens links of SLIM names for the agent, and nothing else.</summary>
    IssuedToken IssueForSlim(AgentGrant grant);

    /// <summary>A token of a quarter of an hour for the account's own requests to the API.</summary>
    IssuedToken IssueForAccount(Account account);

    /// <summary>A token of a quarter of an hour for an administrator's requests, which opens nothing else.</summary>
    IssuedToken IssueForAdmin(AdminId admin);
}

/// <summary>Checks the tokens that the API accepts.</summary>
public interface IAccountTokenVerifier
{
    /// <summary>
    /// What the token says; whether the account is there, and still of this generation, is the caller's to look up. Refuses <see cref="ErrorCode.ExpiredToken"/>, <see cref="ErrorCode.InvalidToken"/>,
    /// <see cref="ErrorCode.WrongAudience"/>.
    /// </summary>
    Task<Result<AccountTokenClaims>> VerifyAccountTokenAsync(SecretText token);

    /// <summary>The administrator whose token it is; refuses as above.</summary>
    Task<Result<AdminId>> VerifyAdminTokenAsync(SecretText token);
}

/// <summary>What an account's token says.</summary>
/// <param name="Generation">The account's <see cref="Account.TokenGeneration"/> when it was issued.</param>
public readonly record struct AccountTokenClaims(AccountId AccountId, int Generation);

/// <summary>What an agent's token says.</summary>
/// <param name="Agent">Whose token: its id is the subject, its key the confirmation (<c>cnf</c>, RFC 7800).</param>
/// <param name="KeyId">The API key that asked for it.</param>
/// <param name="Orgs">The account's organisations.</param>
/// <param name="Scopes">What the token allows.</param>
public sealed record AgentGrant(Agent Agent, KeyId KeyId, IReadOnlyList<OrgName> Orgs, ScopeSet Scopes);

/// <summary>A signed token and its end.</summary>
public readonly record struct IssuedToken(SecretText Token, DateTimeOffset ExpiresAt);
