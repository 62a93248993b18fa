using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// send-message = [18, request-id, channel-id, message-id, ciphertext: mls]

/// <summary>Sends an application message of the current epoch. A repeated message id is accepted once.</summary>
public sealed record SendMessage(RequestId RequestId, ChannelId ChannelId, MessageId MessageId, ReadOnlyMemory<byte> Ciphertext) : RequestFrame(FrameType.SendMessage, RequestId)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(MessageId);
        writer.Write(Ciphertext);
    }

    internal static SendMessage Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadMessageId(), reader.ReadBytes());
}
