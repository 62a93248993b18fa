using System.Formats.Cbor;
using Skytale.Protocol.Envelopes;

namespace Skytale.Protocol.Frames;

// subscribe-name = [52, request-id, subscription-id: uint, subscriber: slim-name, name: slim-name]

/// <summary>Subscribes a name, so that what is sent to it comes on this link. A name that was subscribed under several ids is subscribed until each was taken back.</summary>
/// <param name="Subscriber">The application's own name: a mailbox belongs to it and is taken up again by it.</param>
public sealed record SubscribeName(RequestId RequestId, SubscriptionId SubscriptionId, SlimName Subscriber, SlimName Name) : RequestFrame(FrameType.SubscribeName, RequestId)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.WriteUInt64(SubscriptionId.Value);
        Subscriber.Write(writer);
        Name.Write(writer);
    }

    internal static SubscribeName Read(CborReader reader) =>
        new(reader.ReadRequestId(), new SubscriptionId(reader.ReadUInt64()), SlimName.Read(reader), SlimName.Read(reader));
}
