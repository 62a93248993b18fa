using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;

namespace Skytale.Mls.Messages;

// struct {
//     ProtocolVersion version = mls10;
//     CipherSuite cipher_suite;
//     opaque group_id<V>;
//     uint64 epoch;
//     opaque tree_hash<V>;
//     opaque confirmed_transcript_hash<V>;
//     Extension extensions<V>;
// } GroupContext;

/// <summary>§8.1: what every member of an epoch agrees on; it enters every derivation and member signature.</summary>
public sealed record GroupContext(
    CipherSuiteId CipherSuite,
    Opaque GroupId,
    Epoch Epoch,
    Opaque TreeHash,
    Opaque ConfirmedTranscriptHash,
    ExtensionList Extensions) : IWireStruct<GroupContext>
{
    /// <summary>The bytes.</summary>
    public Opaque Encode() => Tls.Encode(this);

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)ProtocolVersion.Mls10);
        writer.WriteUInt16((ushort)CipherSuite);
        writer.WriteOpaque(GroupId);
        writer.WriteUInt64(Epoch.Value);
        writer.WriteOpaque(TreeHash);
        writer.WriteOpaque(ConfirmedTranscriptHash);
        writer.Write(Extensions);
    }

    public static GroupContext ReadFrom(ref TlsReader reader)
    {
        var version = (ProtocolVersion)reader.ReadUInt16();
        if (version != ProtocolVersion.Mls10)
            throw new MlsException(MlsError.UnsupportedVersion, $"{(ushort)version}");
        return new GroupContext(
            (CipherSuiteId)reader.ReadUInt16(),
            reader.ReadOpaque(),
            new Epoch(reader.ReadUInt64()),
            reader.ReadOpaque(),
            reader.ReadOpaque(),
            ExtensionList.ReadFrom(ref reader));
    }
}
