using Skytale.Mls.Codec;

namespace Skytale.Mls.Messages;

/// <summary>§8.4: where a PSK comes from.</summary>
public enum PskType : byte
{
    External = 1,
    Resumption = 2,
}

/// <summary>§8.4, §8.6: what a resumption PSK links.</summary>
public enum ResumptionPskUsage : byte
{
    Application = 1,
    ReInit = 2,
    Branch = 3,
}

// struct {
//     PSKType psktype;
//     select (PreSharedKeyID.psktype) {
//         case external:
//             opaque psk_id<V>;
//         case resumption:
//             ResumptionPSKUsage usage;
//             opaque psk_group_id<V>;
//             uint64 psk_epoch;
//     };
//     opaque psk_nonce<V>;
// } PreSharedKeyID;

/// <summary>§8.4: the name of a pre-shared key, with a nonce of KDF.Nh bytes that makes each use distinct.</summary>
public abstract record PreSharedKeyId(PskType Type, Opaque Nonce) : IWireStruct<PreSharedKeyId>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8((byte)Type);
        WriteBody(writer);
        writer.WriteOpaque(Nonce);
    }

    public static PreSharedKeyId ReadFrom(ref TlsReader reader)
    {
        var type = (PskType)reader.ReadUInt8();
        switch (type)
        {
            case PskType.External:
                var id = reader.ReadOpaque();
                return new ExternalPskId(id, reader.ReadOpaque());
            case PskType.Resumption:
                var usage = (ResumptionPskUsage)reader.ReadUInt8();
                if (usage is not (ResumptionPskUsage.Application or ResumptionPskUsage.ReInit or ResumptionPskUsage.Branch))
                    throw new MlsException(MlsError.UnknownEnumValue, $"resumption PSK usage {(byte)usage}");
                var groupId = reader.ReadOpaque();
                var epoch = new Epoch(reader.ReadUInt64());
                return new ResumptionPskId(usage, groupId, epoch, reader.ReadOpaque());
            default:
                throw new MlsException(MlsError.UnknownEnumValue, $"PSK type {(byte)type}");
        }
    }

    protected abstract void WriteBody(TlsWriter writer);
}

/// <summary>A PSK that the application gives.</summary>
public sealed record ExternalPskId(Opaque PskId, Opaque Nonce) : PreSharedKeyId(PskType.External, Nonce)
{
    protected override void WriteBody(TlsWriter writer) => writer.WriteOpaque(PskId);
}

/// <summary>The resumption_psk of a group's epoch.</summary>
public sealed record ResumptionPskId(ResumptionPskUsage Usage, Opaque PskGroupId, Epoch PskEpoch, Opaque Nonce)
    : PreSharedKeyId(PskType.Resumption, Nonce)
{
    protected override void WriteBody(TlsWriter writer)
    {
        writer.WriteUInt8((byte)Usage);
        writer.WriteOpaque(PskGroupId);
        writer.WriteUInt64(PskEpoch.Value);
    }
}
