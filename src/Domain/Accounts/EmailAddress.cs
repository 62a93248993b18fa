using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>
/// An e-mail address in the spelling that decides whether two are the same: trimmed and lower-cased. The rule is that mail
/// could be sent there (one <c>@</c>, a local part, a domain), not RFC 5321's whole grammar: only a mail would prove more.
/// </summary>
public readonly record struct EmailAddress
{
    /// <summary>RFC 5321 § 4.5.3.1.3: a path has 256 octets with its angle brackets.</summary>
    public const int MaxLength = 254;

    private const string NobodysDomain = ".invalid";

    private readonly string? _text;

    private EmailAddress(string text) => _text = text;

    /// <summary>True under the domain in which nobody gets mail (RFC 2606 § 2): a closed account's, and no owner's.</summary>
    public bool IsNobodys => ToString().EndsWith(NobodysDomain, StringComparison.Ordinal);

    public override string ToString() => _text ?? "";

    /// <summary>As much as shows whether it is the address that somebody has named, and no more: <c>a…@example.org</c>.</summary>
    public string Masked() => IsNobodys ? ToString() : $"{ToString()[..1]}…{ToString()[ToString().IndexOf('@', StringComparison.Ordinal)..]}";

    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = (text ?? "").AsSpan().Trim();
        var at = trimmed.IndexOf('@');
        if (trimmed.Length > MaxLength || at is < 1 or > 64 || !IsPrintable(trimmed) || !IsDomain(trimmed[(at + 1)..]))
            return false;
        address = new EmailAddress(trimmed.ToString().ToLowerInvariant());
        return true;
    }

    public static EmailAddress Parse(string text) => TryParse(text, out var address) ? address : throw new FormatException("Not an e-mail address.");

    private static bool IsPrintable(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is <= ' ' or >= '\u007f' or '<' or '>' or '(' or ')' or '"' or ',' or ';' or '\\')
                return false;
        }
        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty)
            return false;
        foreach (var part in domain.Split('.'))
        {
            var label = domain[part];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
            }
        }
        return true;
    }
}
