using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// add-member = [14, request-id, channel-id, agent-id]

/// <summary>Asks for a KeyPackage of an agent that the caller, a member, wants to add.</summary>
public sealed record AddMember(RequestId RequestId, ChannelId ChannelId, AgentId AgentId) : RequestFrame(FrameType.AddMember, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.WriteTextString(AgentId.ToString());
    }

    internal static AddMember Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadAgentId());
}
