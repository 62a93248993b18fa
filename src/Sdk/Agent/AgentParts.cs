using Microsoft.Extensions.Logging;
using Skytale.Agent.Keys;
using Skytale.Agent.Storage;
using Skytale.Mls;
using Skytale.Sdk;

namespace Skytale.Agent;

/// <summary>What an agent is composed of.</summary>
public sealed record AgentParts(IAgentStore Store, IdentityKey Identity, TimeProvider Time, FillRandom Random, ILogger Logger)
{
    /// <summary>When the agent gives itself new keys.</summary>
    public KeyRotation KeyRotation { get; init; } = new();

    /// <summary>What hides the size of its messages.</summary>
    public MessagePadding Padding { get; init; }
}
