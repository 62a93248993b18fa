namespace Skytale.Protocol;

/// <summary>Base58 in Bitcoin's alphabet, as multibase's <c>z</c> names it, for values of a known size.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The letter that adds nothing where it stands first.</summary>
    public const char Zero = '1';

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[bytes.Length];
        bytes.CopyTo(number);
        Span<char> text = stackalloc char[bytes.Length * 2];
        var at = text.Length;
        for (var start = 0; start < number.Length;)
        {
            var remainder = 0;
            for (var i = start; i < number.Length; i++)
            {
                var value = (remainder << 8) | number[i];
                number[i] = (byte)(value / 58);
                remainder = value % 58;
            }
            text[--at] = Alphabet[remainder];
            while (start < number.Length && number[start] == 0)
                start++;
        }
        foreach (var b in bytes)
        {
            if (b != 0)
                break;
            text[--at] = Zero;
        }
        return new string(text[at..]);
    }

    /// <summary>Fills <paramref name="bytes"/> with the number, left-padded; false on a foreign letter or a number too large.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes.Clear();
        foreach (var letter in text)
        {
            var carry = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (carry < 0)
                return false;
            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)carry;
                carry >>= 8;
            }
            if (carry != 0)
                return false;
        }
        return true;
    }
}
