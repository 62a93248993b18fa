using Skytale.Mls.Codec;

namespace Skytale.Mls.Extensions;

/// <summary>§17.3. Values outside the table are kept as they came (GREASE, private use).</summary>
public enum ExtensionType : ushort
{
    ApplicationId = 1,
    RatchetTree = 2,
    RequiredCapabilities = 3,
    ExternalPub = 4,
    ExternalSenders = 5,

    /// <summary>draft-ietf-mls-extensions: marks a KeyPackage that may be used more than once when the pool is empty.</summary>
    LastResort = 10,
}

// struct {
//     ExtensionType extension_type;
//     opaque extension_data<V>;
// } Extension;

/// <summary>§13: one extension, its content unread.</summary>
public sealed record Extension(ExtensionType Type, Opaque Data) : IWireStruct<Extension>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)Type);
        writer.WriteOpaque(Data);
    }

    public static Extension ReadFrom(ref TlsReader reader) => new((ExtensionType)reader.ReadUInt16(), reader.ReadOpaque());
}
