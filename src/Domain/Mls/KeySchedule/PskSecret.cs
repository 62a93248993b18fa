using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;

namespace Skytale.Mls.KeySchedule;

/// <summary>§8.4: the pre-shared keys of a commit, chained into one psk_secret.</summary>
internal static class PskSecret
{
    /// <summary>§8.4: index and count of a PSKLabel are uint16.</summary>
    public const int MaxCount = ushort.MaxValue;

    /// <summary>The psk_secret when there is no PSK: the zero vector.</summary>
    public static Secret None(CipherSuite suite) => Secret.Zero(suite.HashSize);

    // struct {
    //     PreSharedKeyID id;
    //     uint16 index;
    //     uint16 count;
    // } PSKLabel;
    //
    // psk_extracted_[i] = KDF.Extract(0, psk_[i])
    // psk_input_[i] = ExpandWithLabel(psk_extracted_[i], "derived psk", PSKLabel, KDF.Nh)
    // psk_secret_[0] = 0
    // psk_secret_[i] = KDF.Extract(psk_input_[i-1], psk_secret_[i-1])

    /// <summary>Chains the PSKs in the order of their proposals. The keys stay the caller's.</summary>
    public static Secret Derive(CipherSuite suite, IReadOnlyList<(PreSharedKeyId Id, Secret Psk)> psks)
    {
        if (psks.Count > MaxCount)
            throw new MlsException(MlsError.TooLarge, $"{psks.Count} PSKs");
        var chained = None(suite);
        Span<byte> zero = stackalloc byte[suite.HashSize];
        for (var i = 0; i < psks.Count; i++)
        {
            using var label = new TlsWriter();
            label.Write(psks[i].Id);
            label.WriteUInt16((ushort)i);
            label.WriteUInt16((ushort)psks.Count);
            using var extracted = suite.Extract(zero, psks[i].Psk.Span);
            using var input = suite.ExpandWithLabel(extracted, Labels.DerivedPsk, label.WrittenSpan, suite.HashSize);
            using var last = chained;
            chained = suite.Extract(input.Span, last.Span);
        }
        return chained;
    }
}
