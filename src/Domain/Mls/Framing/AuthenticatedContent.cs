using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

// struct {
//     WireFormat wire_format;
//     FramedContent content;
//     FramedContentAuthData auth;
// } AuthenticatedContent;

/// <summary>§6: content with what authenticates it, not verified yet.</summary>
public sealed record AuthenticatedContent(WireFormat WireFormat, FramedContent Content, FramedContentAuthData Auth) : IWireStruct<AuthenticatedContent>
{
    /// <summary>§6.1: signs content that has no confirmation tag, or not yet.</summary>
    public static AuthenticatedContent Sign(CipherSuite suite, WireFormat wireFormat, FramedContent content, GroupContext context, SignaturePrivateKey key)
    {
        using var signContent = SignContent(wireFormat, content, context);
        return new AuthenticatedContent(wireFormat, content, new FramedContentAuthData(suite.Sign(key, signContent), null));
    }

    /// <summary>The same with its confirmation tag: a commit.</summary>
    public AuthenticatedContent WithConfirmationTag(Opaque tag) => this with { Auth = Auth with { ConfirmationTag = tag } };

    /// <summary>
    /// §6.1: checks the signature by the sender's key, and that a confirmation tag is there exactly for a commit. Whose
    /// key it is, and whether that sender may say this, the caller decides.
    /// </summary>
    /// <exception cref="MlsException"><see cref="MlsError.MisplacedConfirmationTag"/> or <see cref="MlsError.InvalidSignature"/>.</exception>
    internal VerifiedContent Verify(CipherSuite suite, GroupContext context, SignaturePublicKey key)
    {
        if (Auth.ConfirmationTag is not null != (Content.Body.Type == ContentType.Commit))
            throw new MlsException(MlsError.MisplacedConfirmationTag);
        using var signContent = SignContent(WireFormat, Content, context);
        if (!suite.Signature.Verify(key, signContent.WrittenSpan, Auth.Signature.Span))
            throw new MlsException(MlsError.InvalidSignature, "FramedContent");
        return new VerifiedContent(this);
    }

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)WireFormat);
        writer.Write(Content);
        Auth.WriteTo(writer);
    }

    public static AuthenticatedContent ReadFrom(ref TlsReader reader)
    {
        var wireFormat = (WireFormat)reader.ReadUInt16();
        var content = FramedContent.ReadFrom(ref reader);
        return new AuthenticatedContent(wireFormat, content, FramedContentAuthData.Read(content.Body.Type, ref reader));
    }

    // SignContent (§5.1.2) over the FramedContentTBS, written in place: messages are long.
    private static TlsWriter SignContent(WireFormat wireFormat, FramedContent content, GroupContext context)
    {
        var writer = CipherSuite.BeginSignContent(Labels.FramedContentTbs, 512);
        var tbs = writer.BeginVector();
        FramedContentTbs.Write(writer, wireFormat, content, context);
        writer.EndVector(tbs);
        return writer;
    }
}
