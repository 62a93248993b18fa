using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// withdraw-join-request = [28, request-id, channel-id]

/// <summary>An agent takes back its wish to join; a member may have acted on it already. Answered with <see cref="Done"/>.</summary>
public sealed record WithdrawJoinRequest(RequestId RequestId, ChannelId ChannelId) : RequestFrame(FrameType.WithdrawJoinRequest, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
    }

    internal static WithdrawJoinRequest Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId());
}
