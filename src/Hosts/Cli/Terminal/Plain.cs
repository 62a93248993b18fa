using System.Globalization;
using System.Text;

namespace Skytale.Cli.Terminal;

/// <summary>Text from others on a terminal: it may neither break the line nor carry a control sequence.</summary>
internal static class Plain
{
    /// <summary>The text with line ends, control and direction-changing characters escaped.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(Harmful))
            return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => safe.Append("\\n"),
                '\r' => safe.Append("\\r"),
                '\t' => safe.Append("\\t"),
                _ when Harmful(c) => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => safe.Append(c),
            };
        }
        return safe.ToString();
    }

    // The joiners of scripts and emoji are format characters too, and harmless.
    private static bool Harmful(char c) =>
        c is not ('\u200c' or '\u200d')
        && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
