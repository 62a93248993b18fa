using System.Buffers.Binary;
using System.Security.Cryptography;
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
    /// <param name="aad">SenderDataAAD, serialised.</param>
    public Opaque Seal(CipherSuite suite, Secret senderDataSecret, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> plaintext = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(plaintext, Leaf.Value);
        BinaryPrimitives.WriteUInt32BigEndian(plaintext[4..], Generation.Value);
        BinaryPrimitives.WriteUInt32BigEndian(plaintext[8..], ReuseGuard);

        Span<byte> key = stackalloc byte[suite.Aead.KeySize];
        Span<byte> nonce = stackalloc byte[suite.Aead.NonceSize];
        DeriveKeyAndNonce(suite, senderDataSecret, ciphertext, key, nonce);
        var sealedData = new byte[Size + suite.Aead.TagSize];
        suite.Aead.Seal(key, nonce, aad, plaintext, sealedData);
        CryptographicOperations.ZeroMemory(key);
        return new Opaque(sealedData);
    }

    /// <exception cref="MlsException"><see cref="MlsError.DecryptionFailed"/> or <see cref="MlsError.IndexOutOfRange"/>.</exception>
    public static SenderData Open(CipherSuite suite, Secret senderDataSecret, PrivateMessage message)
    {
        if (message.EncryptedSenderData.Length != Size + suite.Aead.TagSize)
            throw new MlsException(MlsError.DecryptionFailed, "sender data has the wrong length");
        using var aad = new TlsWriter();
        PrivateMessage.WriteSenderDataAad(aad, message.GroupId, message.Epoch, message.ContentType);

        Span<byte> key = stackalloc byte[suite.Aead.KeySize];
        Span<byte> nonce = stackalloc byte[suite.Aead.NonceSize];
        DeriveKeyAndNonce(suite, senderDataSecret, message.Ciphertext.Span, key, nonce);
        Span<byte> plaintext = stackalloc byte[Size];
        var opened = suite.Aead.TryOpen(key, nonce, aad.WrittenSpan, message.EncryptedSenderData.Span, plaintext);
        CryptographicOperations.ZeroMemory(key);
        if (!opened)
            throw new MlsException(MlsError.DecryptionFailed, "sender data");
        return new SenderData(
            LeafIndex.FromWire(BinaryPrimitives.ReadUInt32BigEndian(plaintext)),
            new Generation(BinaryPrimitives.ReadUInt32BigEndian(plaintext[4..])),
            BinaryPrimitives.ReadUInt32BigEndian(plaintext[8..]));
    }

    // ciphertext_sample = ciphertext[0..KDF.Nh-1]
    // sender_data_key = ExpandWithLabel(sender_data_secret, "key", ciphertext_sample, AEAD.Nk)
    // sender_data_nonce = ExpandWithLabel(sender_data_secret, "nonce", ciphertext_sample, AEAD.Nn)
    internal static void DeriveKeyAndNonce(CipherSuite suite, Secret senderDataSecret, ReadOnlySpan<byte> ciphertext, Span<byte> key, Span<byte> nonce)
    {
        var sample = ciphertext[..Math.Min(ciphertext.Length, suite.HashSize)];
        suite.ExpandWithLabel(senderDataSecret, Labels.Key, sample, key);
        suite.ExpandWithLabel(senderDataSecret, Labels.Nonce, sample, nonce);
    }
}
