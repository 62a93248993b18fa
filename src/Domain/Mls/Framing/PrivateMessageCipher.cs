using System.Buffers.Binary;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;

namespace Skytale.Mls.Framing;

/// <summary>§6.3: signed content into a PrivateMessage and back, with the keys of one epoch.</summary>
internal readonly struct PrivateMessageCipher(CipherSuite suite, Secret senderDataSecret)
{
    /// <summary>Encrypts with the key of one generation, which the caller deletes afterwards.</summary>
    /// <param name="paddedSize">The content is padded with zeros to at least this many bytes before encryption.</param>
    public PrivateMessage Seal(AuthenticatedContent signed, MessageKey key, int paddedSize, FillRandom random)
    {
        var content = signed.Content;
        var type = content.Body.Type;

        // struct {
        //     select (PrivateMessage.content_type) { ... };
        //     FramedContentAuthData auth;
        //     opaque padding[length_of_padding];
        // } PrivateMessageContent;
        //
        // Behind PrivateContentAAD in one buffer, which begins as SenderDataAAD does.
        using var written = new TlsWriter();
        PrivateMessage.WriteSenderDataAad(written, content.GroupId, content.Epoch, type);
        var senderDataAadLength = written.Length;
        written.WriteOpaque(content.AuthenticatedData);
        var aadLength = written.Length;
        content.Body.WriteTo(written);
        signed.Auth.WriteTo(written);
        written.WriteZeros(Math.Max(0, paddedSize - (written.Length - aadLength)));
        var aad = written.WrittenSpan[..aadLength];
        var plaintext = written.WrittenSpan[aadLength..];

        Span<byte> guard = stackalloc byte[4];
        random(guard);
        Span<byte> nonce = stackalloc byte[suite.Aead.NonceSize];
        GuardedNonce(key, BinaryPrimitives.ReadUInt32BigEndian(guard), nonce);

        var ciphertext = new byte[plaintext.Length + suite.Aead.TagSize];
        suite.Aead.Seal(key.Key.Span, nonce, aad, plaintext, ciphertext);

        var leaf = content.Sender.Leaf ?? throw new ArgumentException("§6: only members send PrivateMessages.", nameof(signed));
        var senderData = new SenderData(leaf, key.Generation, BinaryPrimitives.ReadUInt32BigEndian(guard));
        return new PrivateMessage(content.GroupId, content.Epoch, type, content.AuthenticatedData,
            senderData.Seal(suite, senderDataSecret, aad[..senderDataAadLength], ciphertext), new Opaque(ciphertext));
    }

    /// <summary>§6.3.2: the sender data, which says whose key opens the content.</summary>
    public SenderData OpenSenderData(PrivateMessage message) => SenderData.Open(suite, senderDataSecret, message);

    /// <summary>Decrypts with the key that the sender data named. The signature is still to be verified.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.DecryptionFailed"/>, <see cref="MlsError.InvalidPadding"/>, or a codec error.</exception>
    public OpenedContent Open(PrivateMessage message, SenderData senderData, MessageKey key)
    {
        if (message.Ciphertext.Length < suite.Aead.TagSize)
            throw new MlsException(MlsError.DecryptionFailed, "shorter than its tag");
        using var aad = new TlsWriter();
        PrivateMessage.WriteContentAad(aad, message.GroupId, message.Epoch, message.ContentType, message.AuthenticatedData.Span);
        Span<byte> nonce = stackalloc byte[suite.Aead.NonceSize];
        GuardedNonce(key, senderData.ReuseGuard, nonce);

        var plaintext = new OpenedContent(message.ContentType, message.Ciphertext.Length - suite.Aead.TagSize);
        try
        {
            if (!suite.Aead.TryOpen(key.Key.Span, nonce, aad.WrittenSpan, message.Ciphertext.Span, plaintext.Buffer))
                throw new MlsException(MlsError.DecryptionFailed, "content");
            plaintext.Parse(message, Sender.Member(senderData.Leaf));
            return plaintext;
        }
        catch (MlsException)
        {
            plaintext.Dispose();
            throw;
        }
    }

    // §6.3.1: the first four bytes of the nonce XOR the reuse guard.
    private static void GuardedNonce(MessageKey key, uint guard, Span<byte> nonce)
    {
        key.Nonce.Span.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce, BinaryPrimitives.ReadUInt32BigEndian(nonce) ^ guard);
    }
}
