using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// commit-voided = [39, channel-id, sequence, epoch, commit-hash: bstr .size 32, reason: uint, agent-id, signature]

/// <summary>
/// A member has rejected a commit that nobody had applied: the channel is in the commit's epoch again. The commit is void, and
/// so is everything between it and this entry.
/// </summary>
/// <param name="Epoch">The epoch that the commit was of, which the channel is in again.</param>
/// <param name="CommitHash">SHA-256 of the commit; 32 bytes.</param>
/// <param name="Member">Who rejected it.</param>
/// <param name="Signature">That member's, over <see cref="CommitRejectedContent"/>; 64 bytes.</param>
public sealed record CommitVoided(
    ChannelId ChannelId, Sequence Sequence, ulong Epoch, ReadOnlyMemory<byte> CommitHash, RejectionReason Reason, AgentId Member, ReadOnlyMemory<byte> Signature)
    : Frame(FrameType.CommitVoided)
{
    internal const int Fields = 7;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.WriteUInt64(Epoch);
        writer.Write(CommitHash);
        writer.WriteInt32((int)Reason);
        writer.WriteTextString(Member.ToString());
        writer.Write(Signature);
    }

    internal static CommitVoided Read(CborReader reader) => new(
        reader.ReadChannelId(), reader.ReadSequence(), reader.ReadUInt64(), reader.ReadFixedBytes(CommitRejected.HashSize), (RejectionReason)reader.ReadCount(),
        reader.ReadAgentId(), reader.ReadSignature());
}
