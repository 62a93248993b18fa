using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

// struct {
//     FramedContent content;
//     FramedContentAuthData auth;
//     select (PublicMessage.content.sender.sender_type) {
//         case member:
//             MAC membership_tag;
//         case external:
//         case new_member_commit:
//         case new_member_proposal:
//             struct{};
//     };
// } PublicMessage;

/// <summary>§6.2: a handshake message that the Delivery Service can read.</summary>
public sealed record PublicMessage(FramedContent Content, FramedContentAuthData Auth, Opaque? MembershipTag) : IWireStruct<PublicMessage>
{
    /// <summary>The content as it was signed.</summary>
    public AuthenticatedContent Authenticated => new(WireFormat.PublicMessage, Content, Auth);

    public void WriteTo(TlsWriter writer)
    {
        writer.Write(Content);
        Auth.WriteTo(writer);
        if (MembershipTag is { } tag)
            writer.WriteOpaque(tag);
    }

    public static PublicMessage ReadFrom(ref TlsReader reader)
    {
        var content = FramedContent.ReadFrom(ref reader);
        var auth = FramedContentAuthData.Read(content.Body.Type, ref reader);
        return new PublicMessage(content, auth, content.Sender.Type == SenderType.Member ? reader.ReadOpaque() : null);
    }
}
