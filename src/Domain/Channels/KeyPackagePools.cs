using System.Collections.Concurrent;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>The KeyPackages of all agents. Safe for use by several threads.</summary>
public sealed class KeyPackagePools(ChannelLimits limits)
{
    private const int MaxRemembered = 100_000;

    private readonly ConcurrentDictionary<AgentId, KeyPackagePool> _pools = new();
    private readonly Lock _claimsGate = new();
    private readonly Allowances<AgentId> _claims = new(limits.ClaimsPerAgent, MaxRemembered);
    private readonly Allowances<(AgentId Requester, AgentId Target)> _claimsOfOne = new(limits.ClaimsPerPair, MaxRemembered);

    /// <summary>Puts a KeyPackage into its agent's pool; the same one is stored once.</summary>
    /// <param name="encoded">MLSMessage(KeyPackage).</param>
    /// <returns>How many are there; refuses <see cref="ErrorCode.InvalidKeyPackage"/>, <see cref="ErrorCode.LimitReached"/>.</returns>
    public Result<int> Store(AgentId agent, ReadOnlyMemory<byte> encoded, DateTimeOffset now)
    {
        var keyPackage = MlsPayload.KeyPackage(encoded);
        if (!keyPackage.IsSuccess)
            return keyPackage.Refusal;
        var pool = _pools.GetOrAdd(agent, id => new KeyPackagePool(id, limits));
        lock (pool)
            return pool.Store(keyPackage.Value, encoded, now);
    }

    /// <summary>How many there are of each agent that has ever put one here: those that are handed out once, and whether there is one that stays.</summary>
    public IEnumerable<(AgentId Agent, int Left, bool HasLastResort)> Levels()
    {
        foreach (var (agent, pool) in _pools)
        {
            (int Left, bool HasLastResort) level;
            lock (pool)
                level = pool.Level;
            yield return (agent, level.Left, level.HasLastResort);
        }
    }

    /// <summary>Hands out a KeyPackage of an agent, once. Who asks is limited, so that nobody empties the pools of others.</summary>
    /// <returns>MLSMessage(KeyPackage); refuses <see cref="ErrorCode.NoKeyPackage"/>, <see cref="ErrorCode.RateLimited"/>.</returns>
    public Result<ReadOnlyMemory<byte>> Claim(AgentId requester, AgentId agent, DateTimeOffset now)
    {
        lock (_claimsGate)
        {
            if (!_claimsOfOne.TryTake((requester, agent), now))
                return new Refusal(ErrorCode.RateLimited, $"KeyPackages of {agent} were asked for too often; the next in {limits.ClaimsPerPair.Interval.TotalSeconds} s at most.");
            if (!_claims.TryTake(requester, now))
                return new Refusal(ErrorCode.RateLimited, $"KeyPackages were asked for too often; the next in {limits.ClaimsPerAgent.Interval.TotalSeconds} s at most.");
        }
        if (_pools.TryGetValue(agent, out var pool))
        {
            lock (pool)
            {
                if (pool.Claim(now) is { } keyPackage)
                    return keyPackage;
            }
        }
        return new Refusal(ErrorCode.NoKeyPackage, $"No KeyPackage of {agent} is there; it must upload one first.");
    }
}
