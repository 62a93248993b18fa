using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Application.Nodes;

/// <summary>What is connected.</summary>
public enum ConnectionKind
{
    /// <summary>An agent.</summary>
    Agent,

    /// <summary>A SLIM proxy.</summary>
    Proxy,

    /// <summary>A link of SLIM names, on an agent's connection or a proxy's.</summary>
    Link,
}

/// <summary>A connection of an agent or a proxy that has proved who it is, or a link on one.</summary>
/// <param name="Id">Its own among all that there ever were; those of one node begin alike.</param>
/// <param name="AgentId">Whose it is; null for a link of anyone, as a proxy in development mode has them.</param>
/// <param name="AccountId">Null for a proxy's own.</param>
/// <param name="KeyId">The API key that its token was fetched with; null for a proxy's own.</param>
public sealed record LiveConnection(
    string Id, NodeId NodeId, ConnectionKind Kind, TransportKind Transport, AgentId? AgentId, AccountId? AccountId, KeyId? KeyId, DateTimeOffset Since);
