using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>The form of keys: a prefix that says what for, the id that finds the row, <c>_</c>, and the secret; both in Crockford base32.</summary>
internal static class SecretForm
{
    /// <summary>Takes a key apart; refuses whatever is not exactly of the form.</summary>
    /// <param name="idSize">Bytes that the id spells.</param>
    /// <param name="secretSize">Bytes that the secret spells.</param>
    public static bool TrySplit(string? text, string prefix, int idSize, int secretSize, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? secret)
    {
        (id, secret) = (null, null);
        var idLength = Crockford32.TextLength(idSize);
        if (text is null || text.Length != prefix.Length + idLength + 1 + Crockford32.TextLength(secretSize)
            || !text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length + idLength] != '_'
            || !Crockford32.IsCanonical(text.AsSpan(prefix.Length, idLength), idSize) || !Crockford32.IsCanonical(text.AsSpan(prefix.Length + idLength + 1), secretSize))
            return false;
        (id, secret) = (text.Substring(prefix.Length, idLength), text[(prefix.Length + idLength + 1)..]);
        return true;
    }
}
