using Skytale.Protocol;

namespace Skytale.Accounts;

/// <summary>An agent: a name in an account and the identity key that was made where the agent runs.</summary>
public sealed record Agent(AgentId Id, AccountId AccountId, AgentName Name, DateTimeOffset CreatedAt);
