using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

// struct {
//     opaque group_id<V>;
//     uint64 epoch;
//     ContentType content_type;
//     opaque authenticated_data<V>;
//     opaque encrypted_sender_data<V>;
//     opaque ciphertext<V>;
// } PrivateMessage;

/// <summary>§6.3: a message that members alone can read; its authenticated data is readable and protected.</summary>
public sealed record PrivateMessage(
    Opaque GroupId,
    Epoch Epoch,
    ContentType ContentType,
    Opaque AuthenticatedData,
    Opaque EncryptedSenderData,
    Opaque Ciphertext) : IWireStruct<PrivateMessage>
{
    public void WriteTo(TlsWriter writer)
    {
        WriteContentAad(writer, GroupId, Epoch, ContentType, AuthenticatedData.Span);
        writer.WriteOpaque(EncryptedSenderData);
        writer.WriteOpaque(Ciphertext);
    }

    public static PrivateMessage ReadFrom(ref TlsReader reader) => new(
        reader.ReadOpaque(),
        new Epoch(reader.ReadUInt64()),
        ContentTypes.Read(ref reader),
        reader.ReadOpaque(),
        reader.ReadOpaque(),
        reader.ReadOpaque());

    // struct {
    //     opaque group_id<V>;
    //     uint64 epoch;
    //     ContentType content_type;
    // } SenderDataAAD;
    internal static void WriteSenderDataAad(TlsWriter writer, Opaque groupId, Epoch epoch, ContentType type)
    {
        writer.WriteOpaque(groupId);
        writer.WriteUInt64(epoch.Value);
        writer.WriteUInt8((byte)type);
    }

    // struct {
    //     opaque group_id<V>;
    //     uint64 epoch;
    //     ContentType content_type;
    //     opaque authenticated_data<V>;
    // } PrivateContentAAD;
    internal static void WriteContentAad(TlsWriter writer, Opaque groupId, Epoch epoch, ContentType type, ReadOnlySpan<byte> authenticatedData)
    {
        WriteSenderDataAad(writer, groupId, epoch, type);
        writer.WriteOpaque(authenticatedData);
    }
}
