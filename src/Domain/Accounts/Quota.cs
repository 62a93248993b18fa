namespace Skytale.Accounts;

/// <summary>How many of each thing one account may have: everything that a caller can grow has a bound.</summary>
public sealed record Quota(int Keys = 100, int Agents = 10_000);
