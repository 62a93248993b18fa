namespace Skytale.Mls.Crypto;

/// <summary>
/// RFC 7748 §6.2: which 56 bytes are no use as an X448 public key: the points of small order, for which every scalar
/// multiplication gives zero.
/// </summary>
internal static class X448Points
{
    /// <summary>Bytes of a public key.</summary>
    public const int Size = 56;

    /// <summary>
    /// u-coordinates of small order on the curve or its twist, each in all its encodings, p = 2^448 - 2^224 - 1: 0, 1,
    /// p - 1, and p and p + 1, which are 0 and 1 again. Both cofactors are 4, so there are no others.
    /// </summary>
    public static readonly IReadOnlyList<ReadOnlyMemory<byte>> SmallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("fefffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        Convert.FromHexString("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        Convert.FromHexString("00000000000000000000000000000000000000000000000000000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
    ];

    /// <summary>True for 56 bytes that are not of small order.</summary>
    public static bool IsValid(ReadOnlySpan<byte> point)
    {
        if (point.Length != Size)
            return false;
        foreach (var small in SmallOrder)
        {
            if (point.SequenceEqual(small.Span))
                return false;
        }
        return true;
    }
}
