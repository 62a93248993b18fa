using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Framing;

// struct {
//     uint32 leaf_index;
//     uint32 generation;
//     opaque reuse_guard[4];
// } SenderData;

/// <summary>§6.3.2: who sent a PrivateMessage and with which key.</summary>
internal readonly record struct SenderData(LeafIndex Leaf, Generation Generation, uint ReuseGuard)
{
    private const int Size = 12;

    /// <summary>encrypted_sender_data.</summary>
    public Opaque Seal(CipherSuite suite, Secret senderDataSecret, Opaque groupId, Epoch epoch, ContentType type, ReadOnlySpan<byte> ciphertext)
    {
        using var aad = new TlsWriter();
        PrivateMessage.WriteSenderDataAad(aad, groupId, epoch, type);
        using var plaintext = new TlsWriter();
        plaintext.WriteUInt32(Leaf.Value);
        plaintext.WriteUInt32(Generation.Value);
        plaintext.WriteUInt32(ReuseGuard);
        var (key, nonce) = KeyAndNonce(suite, senderDataSecret, ciphertext);
        using (key)
        using (nonce)
        {
            var sealedData = new byte[Size + suite.Aead.TagSize];
            suite.Aead.Seal(key.Span, nonce.Span, aad.WrittenSpan, plaintext.WrittenSpan, sealedData);
            return new Opaque(sealedData);
        }
    }

    /// <exception cref="MlsException"><see cref="MlsError.DecryptionFailed"/> or <see cref="MlsError.IndexOutOfRange"/>.</exception>
    public static SenderData Open(CipherSuite suite, Secret senderDataSecret, PrivateMessage message)
    {
        if (message.EncryptedSenderData.Length != Size + suite.Aead.TagSize)
            throw new MlsException(MlsError.DecryptionFailed, "sender data has the wrong length");
        using var aad = new TlsWriter();
        PrivateMessage.WriteSenderDataAad(aad, message.GroupId, message.Epoch, message.ContentType);
        var (key, nonce) = KeyAndNonce(suite, senderDataSecret, message.Ciphertext.Span);
        using (key)
        using (nonce)
        {
            var plaintext = new byte[Size];
            if (!suite.Aead.TryOpen(key.Span, nonce.Span, aad.WrittenSpan, message.EncryptedSenderData.Span, plaintext))
                throw new MlsException(MlsError.DecryptionFailed, "sender data");
            var reader = new TlsReader(plaintext);
            return new SenderData(LeafIndex.FromWire(reader.ReadUInt32()), new Generation(reader.ReadUInt32()), reader.ReadUInt32());
        }
    }

    // ciphertext_sample = ciphertext[0..KDF.Nh-1]
    // sender_data_key = ExpandWithLabel(sender_data_secret, "key", ciphertext_sample, AEAD.Nk)
    // sender_data_nonce = ExpandWithLabel(sender_data_secret, "nonce", ciphertext_sample, AEAD.Nn)
    internal static (Secret Key, Secret Nonce) KeyAndNonce(CipherSuite suite, Secret senderDataSecret, ReadOnlySpan<byte> ciphertext)
    {
        var sample = ciphertext[..Math.Min(ciphertext.Length, suite.HashSize)];
        return (suite.ExpandWithLabel(senderDataSecret, Labels.Key, sample, suite.Aead.KeySize),
            suite.ExpandWithLabel(senderDataSecret, Labels.Nonce, sample, suite.Aead.NonceSize));
    }
}
