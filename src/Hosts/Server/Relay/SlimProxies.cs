using System.Collections.Concurrent;
using Skytale.Protocol;

namespace Skytale.Server.Relay;

/// <summary>The SLIM proxies that this relay trusts to bring links of others, by their keys. Safe for use by several threads.</summary>
public sealed class SlimProxies
{
    private readonly ConcurrentDictionary<AgentId, bool> _proxies = new();

    /// <summary>Trusts a proxy from now on.</summary>
    /// <param name="isDevelopment">It may also open links without a token, which are anyone's.</param>
    public void Trust(AgentId proxy, bool isDevelopment = false) => _proxies[proxy] = isDevelopment;

    internal bool Knows(AgentId proxy) => _proxies.ContainsKey(proxy);

    internal bool IsDevelopment(AgentId proxy) => _proxies.TryGetValue(proxy, out var isDevelopment) && isDevelopment;
}
