using System.Formats.Cbor;
using Skytale.Protocol.Envelopes;

namespace Skytale.Protocol.Frames;

// unsubscribe-name = [53, request-id, subscription-id: uint, subscriber: slim-name, name: slim-name]

/// <summary>Takes a subscription back; with the last of its name the name's mailbox goes.</summary>
/// <param name="Subscriber">The application's own name: a mailbox belongs to it and is taken up again by it.</param>
public sealed record UnsubscribeName(RequestId RequestId, SubscriptionId SubscriptionId, SlimName Subscriber, SlimName Name) : RequestFrame(FrameType.UnsubscribeName, RequestId)
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

    internal static UnsubscribeName Read(CborReader reader) =>
        new(reader.ReadRequestId(), new SubscriptionId(reader.ReadUInt64()), SlimName.Read(reader), SlimName.Read(reader));
}
