using System.Collections.Concurrent;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>The KeyPackages of all agents. Safe for use by several threads.</summary>
public sealed class KeyPackagePools(ChannelLimits limits)
{
    private readonly ConcurrentDictionary<AgentId, KeyPackagePool> _pools = new();

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

    /// <summary>Hands out a KeyPackage of an agent, once.</summary>
    /// <returns>MLSMessage(KeyPackage); refuses <see cref="ErrorCode.NoKeyPackage"/>.</returns>
    public Result<ReadOnlyMemory<byte>> Claim(AgentId agent, DateTimeOffset now)
    {
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
