using System.Security.Cryptography;
using System.Text;

namespace Skytale.Accounts;

/// <summary>
/// A request that is to be carried out once however often it comes, as its sender has named it (the header <c>Idempotency-Key</c>).
/// Of the name and of what was asked only hashes are kept.
/// </summary>
/// <param name="Owner">Within whose requests the name is one: an account's id, or an address.</param>
/// <param name="KeyHash">SHA-256 of the name, hexadecimal.</param>
/// <param name="Fingerprint">SHA-256 of what was asked, hexadecimal; without secrets, which a hash so quick does not hide.</param>
public sealed record Once(string Owner, string KeyHash, string Fingerprint)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>Names that one owner may have used within <see cref="Kept"/>.</summary>
    public const int PerOwner = 1_000;

    /// <summary>How long a name is remembered, at least.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>True for 1 to 128 visible ASCII characters.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= MaxKeyLength && key.All(c => c is > ' ' and < '\u007f');

    /// <summary>The request of this name; null where it has none.</summary>
    /// <param name="asked">What was asked, beginning with for what.</param>
    public static Once? Of(string owner, string? key, params ReadOnlySpan<string?> asked)
    {
        if (key is null)
            return null;
        // The lengths keep apart what would read the same in a row.
        var text = new StringBuilder();
        foreach (var part in asked)
            text.Append(part?.Length ?? -1).Append(':').Append(part);
        return new Once(owner, Hash(key), Hash(text.ToString()));
    }

    /// <summary>What it made, to be stored together with that.</summary>
    /// <param name="subject">The made thing's id.</param>
    public MadeOnce Made(string subject, DateTimeOffset at) => new(Owner, KeyHash, Fingerprint, subject, at);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a request made that was not to be carried out twice.</summary>
/// <param name="Subject">The made thing's id.</param>
public sealed record MadeOnce(string Owner, string KeyHash, string Fingerprint, string Subject, DateTimeOffset At);
