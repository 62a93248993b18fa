using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-message = [34, channel-id, sequence, message-id, ciphertext: mls]

/// <summary>An application message, as it was sent.</summary>
public sealed record DeliverMessage(ChannelId ChannelId, Sequence Sequence, MessageId MessageId, ReadOnlyMemory<byte> Ciphertext) : Frame(FrameType.DeliverMessage)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.Write(MessageId);
        writer.Write(Ciphertext);
    }

    internal static DeliverMessage Read(CborReader reader) => new(reader.ReadChannelId(), reader.ReadSequence(), reader.ReadMessageId(), reader.ReadBytes());
}
