namespace Skytale.Mls.Crypto;

/// <summary>
/// RFC 7748 §6.1: which 32 bytes are no use as an X25519 public key: the points of small order, for which every scalar
/// multiplication gives zero. Looked up, because a path in a large group has a thousand of them to check.
/// </summary>
internal static class X25519Points
{
    /// <summary>Bytes of a public key.</summary>
    public const int Size = 32;

    /// <summary>
    /// u-coordinates of small order on the curve or its twist, each in all its encodings below 2^255: 0, 1, the two of
    /// order 8, p - 1, and p and p + 1, which are 0 and 1 again. The top bit is not part of the coordinate.
    /// </summary>
    public static readonly IReadOnlyList<ReadOnlyMemory<byte>> SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        Convert.FromHexString("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    /// <summary>True for 32 bytes that are not of small order.</summary>
    public static bool IsValid(ReadOnlySpan<byte> point)
    {
        if (point.Length != Size)
            return false;
        foreach (var small in SmallOrder)
        {
            if (point[..^1].SequenceEqual(small.Span[..^1]) && (point[^1] & 0x7f) == small.Span[^1])
                return false;
        }
        return true;
    }
}
