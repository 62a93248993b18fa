using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// commit-rejected-content = [channel-id, epoch, commit-hash: bstr .size 32, reason: uint, agent-id]

/// <summary>
/// What the identity key signs, under the label <c>CommitRejected</c>, to reject a commit: the relay and every member can tell
/// who did, and of what. Both sides build it for themselves; it never travels.
/// </summary>
/// <param name="Epoch">The epoch that the commit ends.</param>
/// <param name="CommitHash">SHA-256 of the commit; 32 bytes.</param>
/// <param name="Agent">The member that rejects it.</param>
public sealed record CommitRejectedContent(ChannelId ChannelId, ulong Epoch, ReadOnlyMemory<byte> CommitHash, RejectionReason Reason, AgentId Agent)
{
    /// <summary>The bytes to sign or to check.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(5);
        writer.Write(ChannelId);
        writer.WriteUInt64(Epoch);
        writer.Write(CommitHash);
        writer.WriteInt32((int)Reason);
        writer.WriteTextString(Agent.ToString());
        writer.WriteEndArray();
        return writer.Encode();
    }
}
