namespace Skytale.Mls.Crypto;

// Ecdsa-Sig-Value ::= SEQUENCE {
//     r  INTEGER,
//     s  INTEGER
// }

/// <summary>
/// RFC 8446 §4.2.3: an ECDSA signature is DER, and DER has one form a value (X.690 §8.3.2, §10.1): definite lengths in
/// their shortest form, integers in theirs, nothing behind. r and s are in 1..n-1.
/// </summary>
internal static class EcdsaSignatures
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Bytes of the pair r || s, each of the field's size.</summary>
    public static int PairSize(NistCurve curve) => 2 * curve.FieldSize;

    /// <summary>Reads a signature into r || s, big-endian; false for any other form than DER's, or numbers out of range.</summary>
    public static bool TryRead(NistCurve curve, ReadOnlySpan<byte> der, Span<byte> pair)
    {
        pair.Clear();
        return TryReadValue(ref der, Sequence, out var integers)
            && der.IsEmpty
            && TryReadScalar(curve, ref integers, pair[..curve.FieldSize])
            && TryReadScalar(curve, ref integers, pair[curve.FieldSize..])
            && integers.IsEmpty;
    }

    private static bool TryReadScalar(NistCurve curve, ref ReadOnlySpan<byte> rest, Span<byte> scalar)
    {
        if (!TryReadValue(ref rest, Integer, out var number) || number.IsEmpty)
            return false;

        // The first bit is the sign; a zero byte in front is allowed only where that bit asks for it.
        if (number[0] >= 0x80 || (number.Length > 1 && number[0] == 0 && number[1] < 0x80))
            return false;
        if (number[0] == 0)
            number = number[1..];
        if (number.Length > scalar.Length)
            return false;
        number.CopyTo(scalar[^number.Length..]);
        return curve.IsScalar(scalar);
    }

    /// <summary>One tag, length and value. P-521's sequence needs the long form's 0x81; no signature here needs more.</summary>
    private static bool TryReadValue(ref ReadOnlySpan<byte> rest, byte tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (rest.Length < 2 || rest[0] != tag)
            return false;
        int length = rest[1];
        var header = 2;
        if (length == 0x81)
        {
            if (rest.Length < 3 || rest[2] < 0x80)
                return false;
            length = rest[2];
            header = 3;
        }
        else if (length >= 0x80)
        {
            return false;
        }
        if (rest.Length - header < length)
            return false;
        value = rest.Slice(header, length);
        rest = rest[(header + length)..];
        return true;
    }
}
