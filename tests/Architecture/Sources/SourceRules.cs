using System.Text.RegularExpressions;

namespace Skytale.Architecture.Tests.Sources;

/// <summary>What a source file may not be or hold.</summary>
internal static partial class SourceRules
{
    public const int MaxLines = 400;

    public static IEnumerable<string> Broken(string path, string text)
    {
        var lines = text.Split('\n');
        if (lines.Length > MaxLines + 1)
            yield return $"{path}: {lines.Length} lines, at most {MaxLines} are allowed";
        foreach (var (index, line) in lines.Index())
        {
            if (Unfinished().Match(line) is { Success: true } match)
                yield return $"{path}:{index + 1}: {match.Value}";
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b", RegexOptions.None, 1000)]
    private static partial Regex Unfinished();
}
