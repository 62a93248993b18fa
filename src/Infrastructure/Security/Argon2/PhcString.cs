using System.Globalization;

namespace Skytale.Security.Argon2;

/// <summary>
/// An Argon2id hash in the PHC string format, <c>$argon2id$v=19$m=KiB,t=passes,p=lanes$salt$hash</c>, salt and hash in
/// base64 without padding.
/// </summary>
internal sealed record PhcString(int MemoryKiB, int Passes, int Lanes, byte[] Salt, byte[] Hash)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Passes},p={Lanes}${Base64(Salt)}${Base64(Hash)}");

    /// <summary>Reads what this or another program's Argon2id wrote into our store.</summary>
    /// <exception cref="FormatException">It is no Argon2id hash of version 19, or its cost is beyond what we compute.</exception>
    public static PhcString Parse(string text)
    {
        if (text.Split('$') is not ["", "argon2id", "v=19", var cost, var salt, var hash] || cost.Split(',') is not [var m, var t, var p])
            throw new FormatException("Not an Argon2id hash.");
        var parsed = new PhcString(Number(m, "m=", 1 << 22), Number(t, "t=", 64), Number(p, "p=", 64), Bytes(salt), Bytes(hash));
        return parsed.Salt.Length is >= 8 and <= 64 && parsed.Hash.Length is >= 16 and <= 64 && parsed.MemoryKiB >= 8 * parsed.Lanes
            ? parsed
            : throw new FormatException("An Argon2id hash with unusable sizes.");
    }

    private static int Number(string text, string name, int max) =>
        text.StartsWith(name, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= max
            ? value
            : throw new FormatException("An Argon2id hash with unusable cost.");

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
