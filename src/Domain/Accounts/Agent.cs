using Skytale.Protocol;

namespace Skytale.Accounts;

/// <summary>
/// An agent: a name in an account and the identity key that was made where the agent runs. A key is never changed: an agent whose key
/// is lost or stolen is revoked, and a new one, which may have its name, takes its place.
/// </summary>
public sealed record Agent(AgentId Id, AccountId AccountId, AgentName Name, DateTimeOffset CreatedAt)
{
    /// <summary>When it was revoked; null: it was not. Its key is nobody's again.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
