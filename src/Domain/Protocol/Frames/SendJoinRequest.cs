using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// send-join-request = [27, request-id, channel-id, invitation-id, key-package: mls, signature]

/// <summary>
/// An agent that has an invitation asks the channel's members to add it. Answered with <see cref="Done"/> when the relay holds it,
/// not when a member has acted. Repeating it is harmless, and says whether the invitation is still good.
/// </summary>
/// <param name="KeyPackage">MLSMessage(KeyPackage), the agent's own, made for this request.</param>
/// <param name="Signature">The invitation's key's, over <see cref="JoinRequestContent"/>; 64 bytes.</param>
public sealed record SendJoinRequest(RequestId RequestId, ChannelId ChannelId, InvitationId Invitation, ReadOnlyMemory<byte> KeyPackage, ReadOnlyMemory<byte> Signature)
    : RequestFrame(FrameType.SendJoinRequest, RequestId)
{
    internal const int Fields = 5;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Invitation);
        writer.Write(KeyPackage);
        writer.Write(Signature);
    }

    internal static SendJoinRequest Read(CborReader reader) => new(
        reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadInvitationId(), reader.ReadBytes(), reader.ReadSignature());
}
