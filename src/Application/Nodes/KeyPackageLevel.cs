using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Nodes;

/// <summary>How many KeyPackages of an agent a node has.</summary>
/// <param name="Left">Those that are handed out once.</param>
/// <param name="HasLastResort">Whether there is one that stays.</param>
public sealed record KeyPackageLevel(AgentId AgentId, NodeId NodeId, int Left, bool HasLastResort);
