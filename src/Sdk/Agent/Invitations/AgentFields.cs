using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Agent.Invitations;

/// <summary>Agents in structures: by the 32 bytes of the key that their did:key spells.</summary>
internal static class AgentFields
{
    public static void WriteAgent(this TlsWriter writer, AgentId agent) => writer.WriteFixed(agent.ToPublicKey());

    public static AgentId ReadAgent(this ref TlsReader reader) => AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span);

    public static void WriteOptionalAgent(this TlsWriter writer, AgentId? agent)
    {
        writer.WritePresence(agent is not null);
        if (agent is { } present)
            writer.WriteAgent(present);
    }

    public static AgentId? ReadOptionalAgent(this ref TlsReader reader) => reader.ReadPresence() ? reader.ReadAgent() : null;
}
