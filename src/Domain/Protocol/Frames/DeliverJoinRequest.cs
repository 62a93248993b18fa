using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-join-request = [41, channel-id, invitation-id, key-package: mls, agent-id, signature]

/// <summary>
/// An agent asks to be added by an invitation. It has no place in the channel's order: a member is given what the relay holds,
/// when it subscribes and as it comes. Members check it for themselves, and one of them commits the addition.
/// </summary>
/// <param name="KeyPackage">MLSMessage(KeyPackage).</param>
/// <param name="Joiner">Who asks.</param>
/// <param name="Signature">The invitation's key's, over <see cref="JoinRequestContent"/>; 64 bytes.</param>
public sealed record DeliverJoinRequest(ChannelId ChannelId, InvitationId Invitation, ReadOnlyMemory<byte> KeyPackage, AgentId Joiner, ReadOnlyMemory<byte> Signature)
    : Frame(FrameType.DeliverJoinRequest)
{
    internal const int Fields = 5;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Invitation);
        writer.Write(KeyPackage);
        writer.WriteTextString(Joiner.ToString());
        writer.Write(Signature);
    }

    internal static DeliverJoinRequest Read(CborReader reader) => new(
        reader.ReadChannelId(), reader.ReadInvitationId(), reader.ReadBytes(), reader.ReadAgentId(), reader.ReadSignature());
}
