using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>An agent's name within its account: 1 to 64 lower-case letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, a letter or digit first.</summary>
public readonly record struct AgentName
{
    /// <summary>The rule in words, for the person whose name was refused.</summary>
    public const string Rule = "1 to 64 lower-case letters, digits, '-', '_' and '.', starting with a letter or digit";

    private readonly string? _text;

    private AgentName(string text) => _text = text;

    public override string ToString() => _text ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out AgentName name)
    {
        var valid = text is { Length: >= 1 and <= 64 } && IsLetterOrDigit(text[0])
            && text.All(c => IsLetterOrDigit(c) || c is '-' or '_' or '.');
        name = valid ? new AgentName(text!) : default;
        return valid;
    }

    public static AgentName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException("Not an agent's name.");

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
