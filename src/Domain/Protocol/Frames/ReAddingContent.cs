using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// re-adding-content = [channel-id, epoch, reason: uint, key-package-ref: bstr .size 32, agent-id]

/// <summary>
/// What the identity key signs, under the label <c>ReAdding</c>, to ask to be added again: this KeyPackage and no other, in this
/// epoch and no later one. Both sides build it for themselves; it never travels.
/// </summary>
/// <param name="Epoch">The channel's epoch when it is asked.</param>
/// <param name="KeyPackageRef">The KeyPackage's reference (RFC 9420 §5.2); 32 bytes.</param>
/// <param name="Agent">The member that asks.</param>
public sealed record ReAddingContent(ChannelId ChannelId, ulong Epoch, ReAddingReason Reason, ReadOnlyMemory<byte> KeyPackageRef, AgentId Agent)
{
    /// <summary>The bytes to sign or to check.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(5);
        writer.Write(ChannelId);
        writer.WriteUInt64(Epoch);
        writer.WriteInt32((int)Reason);
        writer.Write(KeyPackageRef);
        writer.WriteTextString(Agent.ToString());
        writer.WriteEndArray();
        return writer.Encode();
    }
}
