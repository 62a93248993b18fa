using System.Collections.Concurrent;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.ChannelLogs;

/// <summary>The key bytes that agents' ids spell out, and back: base58 once an agent, not once an entry. Any thread.</summary>
internal sealed class AgentKeys
{
    private const int MaxKept = 50_000;

    private readonly ConcurrentDictionary<AgentId, byte[]> _keys = new();
    private readonly ConcurrentDictionary<Opaque, AgentId> _agents = new();

    internal byte[] KeyOf(AgentId agent)
    {
        if (_keys.TryGetValue(agent, out var key))
            return key;
        key = agent.ToPublicKey();
        if (_keys.Count >= MaxKept)
            _keys.Clear();
        return _keys[agent] = key;
    }

    internal AgentId AgentOf(ReadOnlySpan<byte> key)
    {
        var kept = Opaque.Copy(key);
        if (_agents.TryGetValue(kept, out var agent))
            return agent;
        agent = AgentId.FromPublicKey(key);
        if (_agents.Count >= MaxKept)
            _agents.Clear();
        return _agents[kept] = agent;
    }
}
