using System.Buffers;

namespace Skytale.Accounts;

/// <summary>
/// Crockford's base32 in lower case, one spelling a value: no padding, no look-alike letters accepted, unused low bits
/// of the last letter zero.
/// </summary>
internal static class Crockford32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    public static int TextLength(int bytes) => (bytes * 8 + 4) / 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[TextLength(bytes.Length)];
        var (bits, count, at) = (0, 0, 0);
        foreach (var b in bytes)
        {
            (bits, count) = (((bits << 8) | b) & 0xFFFF, count + 8);
            for (; count >= 5; count -= 5)
                text[at++] = Alphabet[(bits >> (count - 5)) & 31];
        }
        if (count > 0)
            text[at] = Alphabet[(bits << (5 - count)) & 31];
        return new string(text);
    }

    /// <summary>True when the text is the one spelling of a value of this many bytes.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text, int bytes) =>
        text.Length == TextLength(bytes)
        && !text.ContainsAnyExcept(Letters)
        && (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & ((1 << (text.Length * 5 - bytes * 8)) - 1)) == 0;
}
