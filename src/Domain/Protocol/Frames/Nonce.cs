namespace Skytale.Protocol.Frames;

/// <summary>The handshake's nonces: random, used once.</summary>
public static class Nonce
{
    /// <summary>Bytes of a nonce.</summary>
    public const int Size = 32;
}
