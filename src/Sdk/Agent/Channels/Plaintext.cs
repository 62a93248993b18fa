using System.Text;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

// enum { reserved(0), content(1), notice(2), (255) } Kind;
//
// struct {
//     uint8 version = 1;
//     Kind kind;
//     select (Plaintext.kind) {
//         case content: ContentHeader header;
//         case notice:  uint16 type;           // NoticeType
//     };
//     opaque body[rest];                       // to the end: MLS has taken the padding off
// } Plaintext;
//
// struct {
//     opaque content_type<V>;                  // a media type in ASCII, at most 127 bytes; empty: text in UTF-8, or bytes
//     optional<MessageId> reply_to;            // the message that this one answers
//     optional<Part> part;                     // where one frame does not hold the message; the first part's header is the message's
// } ContentHeader;
//
// struct {
//     opaque message_id[16];                   // of the whole
//     uint32 number;                           // 0, 1, 2 … in this order
//     uint32 count;
// } Part;

/// <summary>
/// What members write inside a PrivateMessage, where no relay sees it: content for applications, or a notice for their
/// agents.
/// </summary>
internal abstract record Plaintext
{
    private const byte Version = 1;

    private enum Kind : byte
    {
        Content = 1,
        Notice = 2,
    }

    /// <summary>Writes what is in front of the body of an application's content.</summary>
    public static void BeginContent(TlsWriter writer, ContentHeader header)
    {
        writer.WriteUInt8(Version);
        writer.WriteUInt8((byte)Kind.Content);
        writer.Write(header);
    }

    /// <summary>Writes what is in front of a notice's body.</summary>
    public static void BeginNotice(TlsWriter writer, NoticeType type)
    {
        writer.WriteUInt8(Version);
        writer.WriteUInt8((byte)Kind.Notice);
        writer.WriteUInt16((ushort)type);
    }

    /// <summary>Reads a decrypted message, without a copy of it.</summary>
    /// <exception cref="MlsException">It is not in this form.</exception>
    /// <exception cref="ProtocolException">It is of a form that this agent does not know, or its header is not valid.</exception>
    public static Plaintext Read(Secret decrypted)
    {
        var reader = new TlsReader(decrypted.Memory);
        if (reader.ReadUInt8() is not Version and var version)
            throw new ProtocolException(ErrorCode.InvalidMessage, $"its plaintext is of version {version}");
        switch ((Kind)reader.ReadUInt8())
        {
            case Kind.Content:
                var header = ContentHeader.ReadFrom(ref reader);
                return new ContentPlaintext(header, reader.Position);
            case Kind.Notice:
                var type = (NoticeType)reader.ReadUInt16();
                return new NoticePlaintext(type, reader.Position);
            case var kind:
                throw new ProtocolException(ErrorCode.InvalidMessage, $"its plaintext is of kind {(byte)kind}");
        }
    }
}

/// <summary>Content; its body begins at <paramref name="Start"/>.</summary>
internal sealed record ContentPlaintext(ContentHeader Header, int Start) : Plaintext;

/// <summary>A notice; its body begins at <paramref name="Start"/>.</summary>
internal sealed record NoticePlaintext(NoticeType Type, int Start) : Plaintext;

/// <summary>What the protected part says about a content.</summary>
internal sealed record ContentHeader(string ContentType, MessageId? ReplyTo, Part? Part = null) : IWireStruct<ContentHeader>
{
    /// <summary>Characters of a media type at most (RFC 6838 §4.2).</summary>
    public const int MaxContentType = 127;

    /// <summary>True for what may stand there: visible ASCII and spaces, not too long.</summary>
    public static bool IsContentType(ReadOnlySpan<char> value) => value.Length <= MaxContentType && !value.ContainsAnyExceptInRange(' ', '~');

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(Encoding.ASCII.GetBytes(ContentType));
        writer.WritePresence(ReplyTo is not null);
        if (ReplyTo is { } answered)
            WriteId(writer, answered);
        writer.WritePresence(Part is not null);
        if (Part is { } part)
            writer.Write(part);
    }

    public static ContentHeader ReadFrom(ref TlsReader reader)
    {
        var contentType = Encoding.Latin1.GetString(reader.ReadOpaque().Span);
        if (!IsContentType(contentType))
            throw new ProtocolException(ErrorCode.InvalidMessage, "its content type is none");
        MessageId? replyTo = reader.ReadPresence() ? ReadId(ref reader) : null;
        return new ContentHeader(contentType, replyTo, reader.ReadPresence() ? Channels.Part.ReadFrom(ref reader) : null);
    }

    internal static void WriteId(TlsWriter writer, MessageId id)
    {
        Span<byte> bytes = stackalloc byte[MessageId.Size];
        id.WriteTo(bytes);
        writer.WriteFixed(bytes);
    }

    internal static MessageId ReadId(ref TlsReader reader) => MessageId.FromBytes(reader.ReadFixed(MessageId.Size).Span);
}

/// <summary>Which part of which message.</summary>
internal readonly record struct Part(MessageId Message, uint Number, uint Count) : IWireStruct<Part>
{
    public void WriteTo(TlsWriter writer)
    {
        ContentHeader.WriteId(writer, Message);
        writer.WriteUInt32(Number);
        writer.WriteUInt32(Count);
    }

    public static Part ReadFrom(ref TlsReader reader) => new(ContentHeader.ReadId(ref reader), reader.ReadUInt32(), reader.ReadUInt32());
}
