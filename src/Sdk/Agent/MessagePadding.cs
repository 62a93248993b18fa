namespace Skytale.Sdk;

/// <summary>What hides the size of what an agent sends, inside the encryption (RFC 9420 §6.3.1). Each sender chooses for its own messages.</summary>
public enum MessagePadding
{
    /// <summary>
    /// Sizes are filled up to buckets: powers of two from 256 bytes to 64 KiB, above that whole multiples of 64 KiB. Who sees the
    /// ciphertext learns the bucket, and a message costs at most twice its size, or 256 bytes.
    /// </summary>
    Buckets,

    /// <summary>
    /// Nothing is filled up: whoever sees the ciphertext (the relay, and the network as far as packets show it) learns the exact size of
    /// each message, in bytes, and with it often which of a few known texts it is. For links where bytes are dear.
    /// </summary>
    None,
}
