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
    IssuedToken IssueForAccount(AccountId account);
}

/// <summary>Checks the tokens that the API accepts.</summary>
public interface IAccountTokenVerifier
{
    /// <summary>
    /// The account that the token stands for; refuses <see cref="ErrorCode.ExpiredToken"/>, <see cref="ErrorCode.InvalidToken"/>,
    /// <see cref="ErrorCode.WrongAudience"/>.
    /// </summary>
    Task<Result<AccountId>> VerifyAccountTokenAsync(SecretText token);
}

/// <summary>What an agent's token says.</summary>
/// <param name="Agent">Whose token: its id is the subject, its key the confirmation (<c>cnf</c>, RFC 7800).</param>
/// <param name="KeyId">The API key that asked for it.</param>
/// <param name="Orgs">The account's organisations.</param>
public sealed record AgentGrant(Agent Agent, KeyId KeyId, IReadOnlyList<OrgName> Orgs);

/// <summary>A signed token and its end.</summary>
public readonly record struct IssuedToken(SecretText Token, DateTimeOffset ExpiresAt);
