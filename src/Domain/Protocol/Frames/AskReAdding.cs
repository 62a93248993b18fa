using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// ask-re-adding = [22, request-id, channel-id, epoch, reason: uint, key-package: mls, signature]

/// <summary>A member that cannot go on asks the others to remove its leaf and add it again, in one commit. Answered with the request's place in the order.</summary>
/// <param name="Epoch">The channel's current epoch.</param>
/// <param name="KeyPackage">MLSMessage(KeyPackage), the member's own and made for this.</param>
/// <param name="Signature">The identity key's, over <see cref="ReAddingContent"/>; 64 bytes.</param>
public sealed record AskReAdding(
    RequestId RequestId, ChannelId ChannelId, ulong Epoch, ReAddingReason Reason, ReadOnlyMemory<byte> KeyPackage, ReadOnlyMemory<byte> Signature)
    : RequestFrame(FrameType.AskReAdding, RequestId)
{
    internal const int Fields = 6;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.WriteUInt64(Epoch);
        writer.WriteInt32((int)Reason);
        writer.Write(KeyPackage);
        writer.Write(Signature);
    }

    internal static AskReAdding Read(CborReader reader) => new(
        reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadUInt64(), (ReAddingReason)reader.ReadCount(), reader.ReadBytes(), reader.ReadSignature());
}

/// <summary>Why a member must be added again. Numbers are never reused.</summary>
public enum ReAddingReason
{
    /// <summary>Its state of the group is gone, or is one that was stored before.</summary>
    LostState = 1,

    /// <summary>A commit that stands failed here, or one that was voided was merged here.</summary>
    CommitFailed = 2,

    /// <summary>Commits that it has not followed are no longer kept.</summary>
    CommitsTrimmed = 3,
}
