using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

/// <summary>§6.1 and §6.2: the bytes under the signature and under the membership tag.</summary>
internal static class FramedContentTbs
{
    // struct {
    //     ProtocolVersion version = mls10;
    //     WireFormat wire_format;
    //     FramedContent content;
    //     select (FramedContentTBS.content.sender.sender_type) {
    //         case member:
    //         case new_member_commit:
    //             GroupContext context;
    //         case external:
    //         case new_member_proposal:
    //             struct{};
    //     };
    // } FramedContentTBS;
    public static void Write(TlsWriter writer, WireFormat wireFormat, FramedContent content, GroupContext context)
    {
        writer.WriteUInt16((ushort)ProtocolVersion.Mls10);
        writer.WriteUInt16((ushort)wireFormat);
        writer.Write(content);
        if (content.Sender.Type is SenderType.Member or SenderType.NewMemberCommit)
            writer.Write(context);
    }

    // struct {
    //     FramedContentTBS content_tbs;
    //     FramedContentAuthData auth;
    // } AuthenticatedContentTBM;
    public static void WriteTbm(TlsWriter writer, AuthenticatedContent content, GroupContext context)
    {
        Write(writer, content.WireFormat, content.Content, context);
        content.Auth.WriteTo(writer);
    }
}
