using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// commit-rejected = [21, request-id, channel-id, epoch, commit-hash: bstr .size 32, reason: uint, signature]

/// <summary>
/// A commit that the relay accepted fails at this member, which stays in the epoch before it. Answered with the place of the
/// <see cref="CommitVoided"/> that follows or, where another member has applied the commit, of that report; a repeat is refused as <see cref="ErrorCode.StaleEpoch"/>.
/// </summary>
/// <param name="Epoch">The epoch that the commit ends, which the member is in.</param>
/// <param name="CommitHash">SHA-256 of the commit as it was delivered; 32 bytes.</param>
/// <param name="Signature">The identity key's, over <see cref="CommitRejectedContent"/>; 64 bytes.</param>
public sealed record CommitRejected(
    RequestId RequestId, ChannelId ChannelId, ulong Epoch, ReadOnlyMemory<byte> CommitHash, RejectionReason Reason, ReadOnlyMemory<byte> Signature)
    : RequestFrame(FrameType.CommitRejected, RequestId)
{
    internal const int Fields = 6;

    /// <summary>Length of <see cref="CommitHash"/>, in bytes.</summary>
    public const int HashSize = 32;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.WriteUInt64(Epoch);
        writer.Write(CommitHash);
        writer.WriteInt32((int)Reason);
        writer.Write(Signature);
    }

    internal static CommitRejected Read(CborReader reader) => new(
        reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadUInt64(), reader.ReadFixedBytes(HashSize), (RejectionReason)reader.ReadCount(), reader.ReadSignature());
}

/// <summary>What of a commit failed at a member. Numbers are never reused; one that is not known reads as any other failure.</summary>
public enum RejectionReason
{
    /// <summary>The membership_tag is not the group's (RFC 9420 §6.2).</summary>
    MembershipTag = 1,

    /// <summary>The path secret for this member does not open, or does not lead to the path's public keys (§7.6, §12.4.2).</summary>
    Path = 2,

    /// <summary>The confirmation_tag is not the new epoch's (§12.4.2).</summary>
    ConfirmationTag = 3,

    /// <summary>Another rule of RFC 9420 or of channels.</summary>
    Rule = 4,
}
