using Microsoft.Extensions.Logging;
using Skytale.Agent.Keys;
using Skytale.Agent.Storage;
using Skytale.Mls;

namespace Skytale.Agent;

/// <summary>What an agent is composed of.</summary>
public sealed record AgentParts(IAgentStore Store, IdentityKey Identity, TimeProvider Time, FillRandom Random, ILogger Logger);
