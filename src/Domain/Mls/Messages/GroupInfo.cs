using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Messages;

// struct {
//     GroupContext group_context;
//     Extension extensions<V>;
//     MAC confirmation_tag;
//     uint32 signer;
//     /* SignWithLabel(., "GroupInfoTBS", GroupInfoTBS) */
//     opaque signature<V>;
// } GroupInfo;

/// <summary>§12.4.3: an epoch as one of its members describes it to those outside.</summary>
public sealed record GroupInfo(
    GroupContext GroupContext,
    ExtensionList Extensions,
    Opaque ConfirmationTag,
    LeafIndex Signer,
    Opaque Signature) : IWireStruct<GroupInfo>
{
    /// <summary>A GroupInfo with its signature.</summary>
    public static GroupInfo Sign(CipherSuite suite, GroupContext context, ExtensionList extensions, Opaque confirmationTag, LeafIndex signer, SignaturePrivateKey key)
    {
        var unsigned = new GroupInfo(context, extensions, confirmationTag, signer, Opaque.Empty);
        using var tbs = unsigned.EncodeTbs();
        return unsigned with { Signature = suite.SignWithLabel(key, Labels.GroupInfoTbs, tbs.WrittenSpan) };
    }

    /// <summary>§12.4.3.1: the signature must be by the signer's leaf.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidSignature"/>.</exception>
    public void VerifySignature(CipherSuite suite, SignaturePublicKey key)
    {
        using var tbs = EncodeTbs();
        if (!suite.VerifyWithLabel(key, Labels.GroupInfoTbs, tbs.WrittenSpan, Signature))
            throw new MlsException(MlsError.InvalidSignature, "GroupInfo");
    }

    public void WriteTo(TlsWriter writer)
    {
        WriteTbsTo(writer);
        writer.WriteOpaque(Signature);
    }

    public static GroupInfo ReadFrom(ref TlsReader reader) => new(
        GroupContext.ReadFrom(ref reader),
        ExtensionList.ReadFrom(ref reader),
        reader.ReadOpaque(),
        LeafIndex.FromWire(reader.ReadUInt32()),
        reader.ReadOpaque());

    // struct {
    //     GroupContext group_context;
    //     Extension extensions<V>;
    //     MAC confirmation_tag;
    //     uint32 signer;
    // } GroupInfoTBS;
    private void WriteTbsTo(TlsWriter writer)
    {
        writer.Write(GroupContext);
        writer.Write(Extensions);
        writer.WriteOpaque(ConfirmationTag);
        writer.WriteUInt32(Signer.Value);
    }

    private TlsWriter EncodeTbs()
    {
        var writer = new TlsWriter();
        WriteTbsTo(writer);
        return writer;
    }
}
