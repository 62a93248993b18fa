namespace Skytale.Mls.Crypto;

/// <summary>RFC 9180 §4.1: what every DHKEM derives, from a Diffie-Hellman result or from keying material.</summary>
internal sealed class DhKemKdf(ushort kemId, IKdf kdf)
{
    private readonly HpkeKdf _kdf = new(kdf, [.. "KEM"u8, (byte)(kemId >> 8), (byte)kemId]);

    /// <summary>Bytes of a shared secret: Nsecret, which is Nh in every DHKEM of RFC 9180 §7.1.</summary>
    public int SharedSecretSize => kdf.HashSize;

    // def ExtractAndExpand(dh, kem_context):
    //   eae_prk = LabeledExtract("", "eae_prk", dh)
    //   shared_secret = LabeledExpand(eae_prk, "shared_secret", kem_context, Nsecret)

    /// <summary>ExtractAndExpand(dh, enc || pkRm).</summary>
    public Secret ExtractAndExpand(Secret dh, ReadOnlySpan<byte> kemOutput, ReadOnlySpan<byte> recipient)
    {
        Span<byte> kemContext = stackalloc byte[kemOutput.Length + recipient.Length];
        kemOutput.CopyTo(kemContext);
        recipient.CopyTo(kemContext[kemOutput.Length..]);
        using var prk = _kdf.LabeledExtract([], "eae_prk"u8, dh.Span);
        GC.KeepAlive(dh);
        return _kdf.LabeledExpand(prk.Span, "shared_secret"u8, kemContext, SharedSecretSize);
    }

    /// <summary>dkp_prk = LabeledExtract("", "dkp_prk", ikm), from which DeriveKeyPair expands.</summary>
    public Secret ExtractKeyPair(ReadOnlySpan<byte> keyingMaterial) => _kdf.LabeledExtract([], "dkp_prk"u8, keyingMaterial);

    /// <summary>LabeledExpand of what <see cref="ExtractKeyPair"/> gave.</summary>
    public Secret ExpandKeyPair(Secret prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, int length)
    {
        var expanded = _kdf.LabeledExpand(prk.Span, label, info, length);
        GC.KeepAlive(prk);
        return expanded;
    }
}
