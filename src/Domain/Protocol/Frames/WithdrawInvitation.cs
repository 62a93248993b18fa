using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// withdraw-invitation = [26, request-id, channel-id, invitation-id]

/// <summary>A member tells the relay that an invitation was revoked: what waits by it goes. Answered with <see cref="Done"/>.</summary>
public sealed record WithdrawInvitation(RequestId RequestId, ChannelId ChannelId, InvitationId Invitation) : RequestFrame(FrameType.WithdrawInvitation, RequestId)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Invitation);
    }

    internal static WithdrawInvitation Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadInvitationId());
}
