using System.Diagnostics.CodeAnalysis;

namespace Skytale.Protocol;

/// <summary>
/// A channel's name: <c>org/namespace/service</c>, each part 1 to 64 of <c>a-z 0-9 . _ -</c> that starts with a letter
/// or digit. The org belongs to an account.
/// </summary>
public readonly record struct ChannelName
{
    private const int MaxPartLength = 64;

    private readonly string? _text;

    private ChannelName(string text) => _text = text;

    /// <summary>The first part.</summary>
    public string Org => ToString().Split('/')[0];

    public override string ToString() => _text ?? "";

    /// <summary>Reads a name; refuses anything that is not exactly in its form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ChannelName name)
    {
        name = default;
        if (text is null)
            return false;
        var parts = text.Split('/');
        if (parts.Length != 3 || !parts.All(IsPart))
            return false;
        name = new ChannelName(text);
        return true;
    }

    /// <summary>True when the text may stand between the slashes of a name.</summary>
    public static bool IsPart(string text) =>
        text.Length is > 0 and <= MaxPartLength
        && (char.IsAsciiLetterLower(text[0]) || char.IsAsciiDigit(text[0]))
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
}
