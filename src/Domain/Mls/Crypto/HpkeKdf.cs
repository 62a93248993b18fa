using System.Buffers.Binary;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>RFC 9180 §4: LabeledExtract and LabeledExpand for one suite_id ("KEM"… or "HPKE"…).</summary>
internal sealed class HpkeKdf(IKdf kdf, byte[] suiteId)
{
    private static ReadOnlySpan<byte> Version => "HPKE-v1"u8;

    /// <summary>Extract(salt, "HPKE-v1" || suite_id || label || ikm).</summary>
    public Secret LabeledExtract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> keyingMaterial)
    {
        using var labeled = new TlsWriter(Version.Length + suiteId.Length + label.Length + keyingMaterial.Length);
        labeled.WriteFixed(Version);
        labeled.WriteFixed(suiteId);
        labeled.WriteFixed(label);
        labeled.WriteFixed(keyingMaterial);
        var secret = Secret.Zero(kdf.HashSize);
        kdf.Extract(salt, labeled.WrittenSpan, secret.Writable);
        return secret;
    }

    /// <summary>Expand(prk, I2OSP(L, 2) || "HPKE-v1" || suite_id || label || info, L).</summary>
    public Secret LabeledExpand(ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, int length)
    {
        Span<byte> labeled = stackalloc byte[2 + Version.Length + suiteId.Length + label.Length + info.Length];
        BinaryPrimitives.WriteUInt16BigEndian(labeled, checked((ushort)length));
        var rest = Append(Append(Append(labeled[2..], Version), suiteId), label);
        Append(rest, info);
        var secret = Secret.Zero(length);
        kdf.Expand(prk, labeled, secret.Writable);
        return secret;
    }

    private static Span<byte> Append(Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        return rest[bytes.Length..];
    }
}
