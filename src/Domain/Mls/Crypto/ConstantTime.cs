using System.Security.Cryptography;

namespace Skytale.Mls.Crypto;

/// <summary>The one comparison of tags and keys: lengths first, then content in constant time.</summary>
public static class ConstantTime
{
    /// <summary>True when both have the same length, which is not secret, and the same bytes.</summary>
    public static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length == right.Length && CryptographicOperations.FixedTimeEquals(left, right);
}
