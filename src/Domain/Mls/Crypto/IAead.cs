namespace Skytale.Mls.Crypto;

/// <summary>Authenticated encryption (RFC 5116) with a 16-byte tag behind the ciphertext.</summary>
public interface IAead
{
    /// <summary>RFC 9180 §7.3: the identifier that enters every derivation.</summary>
    ushort Id { get; }

    /// <summary>Bytes of a key: Nk.</summary>
    int KeySize { get; }

    /// <summary>Bytes of a nonce: Nn.</summary>
    int NonceSize { get; }

    /// <summary>Bytes that the tag adds to a plaintext.</summary>
    int TagSize { get; }

    /// <summary>Encrypts into plaintext length + <see cref="TagSize"/> bytes.</summary>
    void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext);

    /// <summary>Decrypts into ciphertext length - <see cref="TagSize"/> bytes; false, and zeros, when it is not authentic or too short.</summary>
    bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext);
}
