using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// join-request-content = [channel-id, invitation-id, key-package-ref: bstr .size 32, agent-id]

/// <summary>
/// What the invitation's key signs, under the label <c>JoinRequest</c>: this agent, by this KeyPackage and no other, into this
/// channel. Both sides build it for themselves; it never travels.
/// </summary>
/// <param name="KeyPackageRef">The KeyPackage's reference (RFC 9420 §5.2); 32 bytes.</param>
/// <param name="Joiner">The agent that asks.</param>
public sealed record JoinRequestContent(ChannelId ChannelId, InvitationId Invitation, ReadOnlyMemory<byte> KeyPackageRef, AgentId Joiner)
{
    /// <summary>The bytes to sign or to check.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.Write(ChannelId);
        writer.Write(Invitation);
        writer.Write(KeyPackageRef);
        writer.WriteTextString(Joiner.ToString());
        writer.WriteEndArray();
        return writer.Encode();
    }
}
