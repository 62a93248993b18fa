namespace Skytale.Protocol.Frames;

/// <summary>The frame that opens a handshake: <see cref="Hello"/> of an agent, <see cref="ProxyHello"/> of a SLIM proxy.</summary>
/// <param name="Token">Empty for a proxy, which proves its own key alone.</param>
/// <param name="AgentId">Whose key it is that will sign.</param>
/// <param name="ServerName">The name that was dialled.</param>
/// <param name="ClientNonce">32 fresh random bytes.</param>
public abstract record Greeting(FrameType Type, string Token, AgentId AgentId, string ServerName, ReadOnlyMemory<byte> ClientNonce) : Frame(Type);
