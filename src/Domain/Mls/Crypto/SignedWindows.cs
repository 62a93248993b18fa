using System.Numerics;

namespace Skytale.Mls.Crypto;

/// <summary>
/// A public scalar as digits that are zero or odd and between -2^(width - 1) and 2^(width - 1), at least width places
/// apart: one addition for so many doublings.
/// </summary>
internal readonly struct SignedWindows
{
    private readonly sbyte[] _digits;

    public SignedWindows(BigInteger scalar, int width)
    {
        Span<byte> bytes = stackalloc byte[scalar.GetByteCount(isUnsigned: true)];
        scalar.TryWriteBytes(bytes, out _, isUnsigned: true);
        _digits = new sbyte[8 * bytes.Length + 1];
        var carry = 0;
        for (var i = 0; i < _digits.Length; i++)
        {
            if (Bit(bytes, i) + carry != 1)
            {
                carry &= Bit(bytes, i);
                continue;
            }
            var digit = carry;
            for (var j = 0; j < width; j++)
                digit += Bit(bytes, i + j) << j;
            carry = digit >> (width - 1);
            _digits[i] = (sbyte)(digit - (carry << width));
            i += width - 1;
        }
    }

    /// <summary>How many places.</summary>
    public int Length => _digits.Length;

    /// <summary>The digit of a place; zero above the last.</summary>
    public int this[int place] => place < _digits.Length ? _digits[place] : 0;

    private static int Bit(ReadOnlySpan<byte> bytes, int index) => index >> 3 < bytes.Length ? bytes[index >> 3] >> (index & 7) & 1 : 0;
}
