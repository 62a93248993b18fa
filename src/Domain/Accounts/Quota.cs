namespace Skytale.Accounts;

/// <summary>How many of each thing one account may have: everything that a caller can grow has a bound.</summary>
/// <param name="Agents">Revoked ones count, for they are remembered: their keys are not taken again.</param>
public sealed record Quota(int Keys = 100, int Agents = 10_000, int Orgs = 20);
