using System.Security.Cryptography;

namespace Skytale.Mls.Crypto;

/// <summary>AES-GCM from the platform.</summary>
internal sealed class AesGcmAead(ushort id, int keySize) : IAead
{
    public static readonly AesGcmAead Aes128 = new(0x0001, 16);
    public static readonly AesGcmAead Aes256 = new(0x0002, 32);

    public ushort Id => id;

    public int KeySize => keySize;

    public int NonceSize => 12;

    public int TagSize => 16;

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plaintext, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], associatedData);
    }

    public bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        if (ciphertext.Length < TagSize)
            return false;
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(nonce, ciphertext[..^TagSize], ciphertext[^TagSize..], plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}

/// <summary>ChaCha20-Poly1305 (RFC 8439) from the platform.</summary>
internal sealed class ChaCha20Poly1305Aead : IAead
{
    public static readonly ChaCha20Poly1305Aead Instance = new();

    public ushort Id => 0x0003;

    public int KeySize => 32;

    public int NonceSize => 12;

    public int TagSize => 16;

    public void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        using var chaCha = new ChaCha20Poly1305(key);
        chaCha.Encrypt(nonce, plaintext, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], associatedData);
    }

    public bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        if (ciphertext.Length < TagSize)
            return false;
        using var chaCha = new ChaCha20Poly1305(key);
        try
        {
            chaCha.Decrypt(nonce, ciphertext[..^TagSize], ciphertext[^TagSize..], plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
