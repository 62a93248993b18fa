using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;

namespace Skytale.Mls.Messages;

// struct {
//     ProtocolVersion version = mls10;
//     WireFormat wire_format;
//     select (MLSMessage.wire_format) {
//         case mls_public_message:  PublicMessage public_message;
//         case mls_private_message: PrivateMessage private_message;
//         case mls_welcome:         Welcome welcome;
//         case mls_group_info:      GroupInfo group_info;
//         case mls_key_package:     KeyPackage key_package;
//     };
// } MLSMessage;

/// <summary>§6: what travels: one of five things, parsed and nothing more.</summary>
public sealed class MlsMessage : IWireStruct<MlsMessage>
{
    public MlsMessage(PublicMessage message)
    {
        WireFormat = WireFormat.PublicMessage;
        PublicMessage = message;
    }

    public MlsMessage(PrivateMessage message)
    {
        WireFormat = WireFormat.PrivateMessage;
        PrivateMessage = message;
    }

    public MlsMessage(Welcome welcome)
    {
        WireFormat = WireFormat.Welcome;
        Welcome = welcome;
    }

    public MlsMessage(GroupInfo groupInfo)
    {
        WireFormat = WireFormat.GroupInfo;
        GroupInfo = groupInfo;
    }

    public MlsMessage(KeyPackage keyPackage)
    {
        WireFormat = WireFormat.KeyPackage;
        KeyPackage = keyPackage;
    }

    public static implicit operator MlsMessage(PublicMessage message) => new(message);

    public static implicit operator MlsMessage(PrivateMessage message) => new(message);

    /// <summary>Which of the following it is; the others are null.</summary>
    public WireFormat WireFormat { get; }

    public PublicMessage? PublicMessage { get; }

    public PrivateMessage? PrivateMessage { get; }

    public Welcome? Welcome { get; }

    public GroupInfo? GroupInfo { get; }

    public KeyPackage? KeyPackage { get; }

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)ProtocolVersion.Mls10);
        writer.WriteUInt16((ushort)WireFormat);
        PublicMessage?.WriteTo(writer);
        PrivateMessage?.WriteTo(writer);
        Welcome?.WriteTo(writer);
        GroupInfo?.WriteTo(writer);
        KeyPackage?.WriteTo(writer);
    }

    public static MlsMessage ReadFrom(ref TlsReader reader)
    {
        var version = (ProtocolVersion)reader.ReadUInt16();
        if (version != ProtocolVersion.Mls10)
            throw new MlsException(MlsError.UnsupportedVersion, $"{(ushort)version}");
        var wireFormat = (WireFormat)reader.ReadUInt16();
        return wireFormat switch
        {
            WireFormat.PublicMessage => new MlsMessage(PublicMessage.ReadFrom(ref reader)),
            WireFormat.PrivateMessage => new MlsMessage(PrivateMessage.ReadFrom(ref reader)),
            WireFormat.Welcome => new MlsMessage(Welcome.ReadFrom(ref reader)),
            WireFormat.GroupInfo => new MlsMessage(GroupInfo.ReadFrom(ref reader)),
            WireFormat.KeyPackage => new MlsMessage(KeyPackage.ReadFrom(ref reader)),
            _ => throw new MlsException(MlsError.UnknownEnumValue, $"wire format {(ushort)wireFormat}"),
        };
    }
}
