using System.Text.RegularExpressions;

namespace Skytale.Architecture.Tests.Documents;

/// <summary>What documents point at.</summary>
internal static partial class References
{
    private static readonly string[] Tops = ["src/", "tests/", "docs/", "scripts/", "benchmarks/", "samples/", "fuzz/"];
    private static readonly string[] Endings = [".cs", ".csproj", ".md", ".cddl", ".props", ".sln"];

    /// <summary>Paths in backquotes, outside of fenced blocks: what begins with a folder of the root or ends as a file of ours does.</summary>
    public static IEnumerable<string> Paths(string markdown) =>
        Quoted().Matches(Fenced().Replace(markdown, ""))
            .Select(match => match.Groups[1].Value)
            .Where(text => !text.Any(char.IsWhiteSpace))
            .Where(text => Tops.Any(top => text.StartsWith(top, StringComparison.Ordinal)) || Endings.Any(end => text.EndsWith(end, StringComparison.Ordinal)));

    /// <summary>Targets of links that stay in the repository, without their fragments.</summary>
    public static IEnumerable<string> Links(string markdown) =>
        Linked().Matches(Fenced().Replace(markdown, ""))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    public static IEnumerable<string> MissingPaths(string document, string markdown) =>
        Paths(markdown).Where(path => !Repository.Exists(path)).Select(path => $"{document}: {path}");

    public static IEnumerable<string> BrokenLinks(string document, string markdown) =>
        Links(markdown).Where(target => !Repository.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))).Select(target => $"{document}: {target}");

    [GeneratedRegex(@"`([^`\n]+)`", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Linked();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Fenced();
}
