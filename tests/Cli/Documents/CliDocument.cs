using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Skytale.Tests.Cli.Documents;

/// <summary>docs/cli.md, read as the lists that it promises to be.</summary>
internal sealed partial class CliDocument(string text)
{
    public static CliDocument OfRepository { get; } = new(File.ReadAllText(Path.Combine(
        typeof(CliDocument).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!, "docs", "cli.md")));

    /// <summary>Option, environment and file of each setting.</summary>
    public IReadOnlyList<(string Option, string Environment, string File)> Settings =>
        [.. SettingRow().Matches(text).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value))];

    public IReadOnlyList<(int Code, string Name, string Meaning)> ExitCodes =>
        [.. ExitCodeRow().Matches(text).Select(row => (int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), row.Groups[2].Value, row.Groups[3].Value))];

    /// <summary>The commands that have a chapter, such as <c>keys list</c>.</summary>
    public IReadOnlyList<string> Commands => [.. Chapter().Matches(text).Select(chapter => chapter.Groups[1].Value)];

    /// <summary>The example of a command's JSON; null where its chapter has none.</summary>
    public JsonNode? Json(string command)
    {
        var chapter = Chapter().Matches(text).Single(chapter => chapter.Groups[1].Value == command).Groups[2].Value;
        return Block().Match(chapter) is { Success: true } block ? JsonNode.Parse(block.Groups[1].Value) : null;
    }

    /// <summary>The example of a failure.</summary>
    public JsonNode Failure => JsonNode.Parse(Block().Match(text).Groups[1].Value)!;

    [GeneratedRegex(@"^\| `(--[a-z-]+)` \| `([A-Z_]+)` \| (?:`([^`]+)`)? ?\|", RegexOptions.Multiline, 1000)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^\| (\d+) \| `([a-z]+)` \| (.+) \|$", RegexOptions.Multiline, 1000)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex(@"^### skytale (.+?)$(.*?)(?=^#|\z)", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^```json\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
