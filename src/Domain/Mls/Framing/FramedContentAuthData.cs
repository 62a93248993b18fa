using Skytale.Mls.Codec;

namespace Skytale.Mls.Framing;

// struct {
//     /* SignWithLabel(., "FramedContentTBS", FramedContentTBS) */
//     opaque signature<V>;
//     select (FramedContent.content_type) {
//         case commit:
//             MAC confirmation_tag;
//         case application:
//         case proposal:
//             struct{};
//     };
// } FramedContentAuthData;

/// <summary>§6.1: the signature, and for a commit the confirmation tag. Which it is, the content's type says.</summary>
public sealed record FramedContentAuthData(Opaque Signature, Opaque? ConfirmationTag)
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(Signature);
        if (ConfirmationTag is { } tag)
            writer.WriteOpaque(tag);
    }

    public static FramedContentAuthData Read(ContentType type, ref TlsReader reader) =>
        new(reader.ReadOpaque(), type == ContentType.Commit ? reader.ReadOpaque() : null);
}
