using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

// struct {
//     opaque message_id[16];
//     opaque session[8];    // random, of this run of the sender
//     uint64 number;        // 0, 1, 2 … within the session, per channel
// } MessageHeader;

/// <summary>
/// What a message's authenticated_data says, signed with it: the id, so that a relay cannot show one message as another,
/// and a number without gaps, so that a message that was held back can be told from a generation that was reserved.
/// </summary>
internal sealed record MessageHeader(MessageId MessageId, ulong Session, ulong Number) : IWireStruct<MessageHeader>
{
    public void WriteTo(TlsWriter writer)
    {
        ContentHeader.WriteId(writer, MessageId);
        writer.WriteUInt64(Session);
        writer.WriteUInt64(Number);
    }

    public static MessageHeader ReadFrom(ref TlsReader reader) =>
        new(ContentHeader.ReadId(ref reader), reader.ReadUInt64(), reader.ReadUInt64());
}
