using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// announce-invitation = [25, request-id, channel-id, invitation-id, expires-at: uint, uses: uint .size 4]

/// <summary>
/// A member tells the relay of an invitation that the members know, so that it takes requests to join by it; each does so when it
/// connects, for the relay forgets them when it stops. Answered with <see cref="Done"/>.
/// </summary>
/// <param name="ExpiresAt">Seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Uses">How many agents may still join by it.</param>
public sealed record AnnounceInvitation(RequestId RequestId, ChannelId ChannelId, InvitationId Invitation, ulong ExpiresAt, uint Uses)
    : RequestFrame(FrameType.AnnounceInvitation, RequestId)
{
    internal const int Fields = 5;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Invitation);
        writer.WriteUInt64(ExpiresAt);
        writer.WriteUInt32(Uses);
    }

    internal static AnnounceInvitation Read(CborReader reader) => new(
        reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadInvitationId(), reader.ReadUInt64(), reader.ReadUInt32());
}
