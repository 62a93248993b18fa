using System.Buffers.Binary;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>
/// HPKE in base mode, single shot (RFC 9180 §5 and §6.1), composed from a suite's KEM, KDF and AEAD. The info is given
/// prepared, because it is hashed, may be a whole ratchet tree, and is the same for a thousand recipients.
/// </summary>
internal sealed class Hpke(IKem kem, IKdf kdf, IAead aead)
{
    private const byte ModeBase = 0x00;

    private readonly HpkeKdf _kdf = new(kdf, SuiteId(kem, kdf, aead));

    // RFC 9180 §5.1: key_schedule_context = mode || psk_id_hash || info_hash; in base mode there is no psk_id.

    /// <summary>Hashes an info for any number of encryptions and decryptions.</summary>
    public HpkeInfo Prepare(ReadOnlySpan<byte> info)
    {
        using var pskIdHash = _kdf.LabeledExtract([], "psk_id_hash"u8, []);
        using var infoHash = _kdf.LabeledExtract([], "info_hash"u8, info);
        return new HpkeInfo([ModeBase, .. pskIdHash.Span, .. infoHash.Span]);
    }

    /// <summary>SealBase(pkR, info, aad, pt).</summary>
    public HpkeCiphertext Seal(HpkePublicKey recipient, HpkeInfo info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, FillRandom random)
    {
        var (sharedSecret, kemOutput) = kem.Encap(recipient, random);
        using (sharedSecret)
        {
            var (key, nonce) = KeySchedule(sharedSecret, info);
            using (key)
            using (nonce)
            {
                var ciphertext = new byte[plaintext.Length + aead.TagSize];
                aead.Seal(key.Span, nonce.Span, associatedData, plaintext, ciphertext);
                return new HpkeCiphertext(new Opaque(kemOutput), new Opaque(ciphertext));
            }
        }
    }

    /// <summary>OpenBase(enc, skR, info, aad, ct).</summary>
    /// <exception cref="MlsException"><see cref="MlsError.HpkeOpenFailed"/>, or <see cref="MlsError.InvalidPublicKey"/> for the KEM output.</exception>
    public Secret Open(HpkeKeyPair recipient, HpkeInfo info, ReadOnlySpan<byte> associatedData, HpkeCiphertext ciphertext)
    {
        if (ciphertext.Ciphertext.Length < aead.TagSize)
            throw new MlsException(MlsError.HpkeOpenFailed, "shorter than its tag");
        using var sharedSecret = kem.Decap(ciphertext.KemOutput.Span, recipient.PrivateKey, recipient.PublicKey);
        var (key, nonce) = KeySchedule(sharedSecret, info);
        using (key)
        using (nonce)
        {
            var plaintext = Secret.Zero(ciphertext.Ciphertext.Length - aead.TagSize);
            if (aead.TryOpen(key.Span, nonce.Span, associatedData, ciphertext.Ciphertext.Span, plaintext.Writable))
                return plaintext;
            plaintext.Dispose();
            throw new MlsException(MlsError.HpkeOpenFailed);
        }
    }

    /// <summary>RFC 9180 §6.2: a secret for other uses, with its KEM output, by the sender (SendExportBase).</summary>
    public (Opaque KemOutput, Secret Exported) SendExport(HpkePublicKey recipient, HpkeInfo info, ReadOnlySpan<byte> exporterContext, int length, FillRandom random)
    {
        var (sharedSecret, kemOutput) = kem.Encap(recipient, random);
        using (sharedSecret)
            return (new Opaque(kemOutput), Export(sharedSecret, info, exporterContext, length));
    }

    /// <summary>RFC 9180 §6.2: the same secret by the receiver (ReceiveExportBase).</summary>
    public Secret ReceiveExport(ReadOnlySpan<byte> kemOutput, HpkeKeyPair recipient, HpkeInfo info, ReadOnlySpan<byte> exporterContext, int length)
    {
        using var sharedSecret = kem.Decap(kemOutput, recipient.PrivateKey, recipient.PublicKey);
        return Export(sharedSecret, info, exporterContext, length);
    }

    // RFC 9180 §5.1, base mode: no psk; secret = LabeledExtract(shared_secret, "secret", psk).
    private Secret ScheduleSecret(Secret sharedSecret) => _kdf.LabeledExtract(sharedSecret.Span, "secret"u8, []);

    // The sequence number of a single shot is 0, so the nonce is base_nonce.
    private (Secret Key, Secret Nonce) KeySchedule(Secret sharedSecret, HpkeInfo info)
    {
        using var secret = ScheduleSecret(sharedSecret);
        return (_kdf.LabeledExpand(secret.Span, "key"u8, info.KeyScheduleContext, aead.KeySize), _kdf.LabeledExpand(secret.Span, "base_nonce"u8, info.KeyScheduleContext, aead.NonceSize));
    }

    private Secret Export(Secret sharedSecret, HpkeInfo info, ReadOnlySpan<byte> exporterContext, int length)
    {
        using var secret = ScheduleSecret(sharedSecret);
        using var exporterSecret = _kdf.LabeledExpand(secret.Span, "exp"u8, info.KeyScheduleContext, kdf.HashSize);
        return _kdf.LabeledExpand(exporterSecret.Span, "sec"u8, exporterContext, length);
    }

    private static byte[] SuiteId(IKem kem, IKdf kdf, IAead aead)
    {
        var id = new byte[10];
        "HPKE"u8.CopyTo(id);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(4), kem.Id);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(6), kdf.Id);
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(8), aead.Id);
        return id;
    }
}
