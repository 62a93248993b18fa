using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Server.Relay;

/// <summary>Whose a connection is, proved by the handshake.</summary>
/// <param name="Id">The key that signed.</param>
/// <param name="Caller">The agent as its token says; null: a SLIM proxy.</param>
internal sealed record RelayPeer(AgentId Id, Caller? Caller);
