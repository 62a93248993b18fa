using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>
/// An organisation's name, the first part of its channels' names <c>org/namespace/service</c>: 2 to 40 lower-case
/// letters, digits and inner hyphens, a letter first.
/// </summary>
public readonly record struct OrgName
{
    /// <summary>Random bytes that a generated name is made of.</summary>
    public const int GeneratedSize = 8;

    /// <summary>The rule in words, for the person whose name was refused.</summary>
    public const string Rule = "2 to 40 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen";

    private readonly string? _text;

    private OrgName(string text) => _text = text;

    public override string ToString() => _text ?? "";

    /// <summary>A name for an account that asked for none.</summary>
    public static OrgName FromRandom(ReadOnlySpan<byte> random) => random.Length == GeneratedSize
        ? new OrgName("org-" + Crockford32.Encode(random))
        : throw new ArgumentException($"A generated name is made of {GeneratedSize} bytes.", nameof(random));

    public static bool TryParse([NotNullWhen(true)] string? text, out OrgName name)
    {
        var valid = text is { Length: >= 2 and <= 40 } && char.IsAsciiLetterLower(text[0]) && text[^1] != '-'
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        name = valid ? new OrgName(text!) : default;
        return valid;
    }

    public static OrgName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException("Not an organisation's name.");
}
