using System.Reflection;
using System.Text.RegularExpressions;

namespace Skytale.Mls.Tests.Validation;

/// <summary>A row of docs/mls/validation: <c>| id | rule | by | error | tests |</c> under a heading <c>## §section</c>.</summary>
internal sealed record RuleRow(string Page, string Section, string Id, string Rule, string By, string Error, IReadOnlyList<string> Tests);

/// <summary>The rows of the validation pages, and what is wrong with them.</summary>
internal static partial class ValidationTable
{
    private static readonly string[] Deciders = ["public", "member", "sender", "application", "IANA"];

    /// <summary>docs/mls of the repository that this assembly was built from.</summary>
    public static string Folder { get; } = Path.Combine(
        typeof(ValidationTable).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!, "docs", "mls");

    /// <summary>The rows of all pages.</summary>
    public static IReadOnlyList<RuleRow> Read() => [.. Directory.GetFiles(Path.Combine(Folder, "validation"), "*.md").Order(StringComparer.Ordinal)
        .SelectMany(page => Parse(Path.GetFileName(page), File.ReadAllLines(page)))];

    /// <summary>The rows of a page: every line of a table whose first cell begins with <c>R-</c>.</summary>
    public static IEnumerable<RuleRow> Parse(string page, IEnumerable<string> lines)
    {
        var section = "";
        foreach (var line in lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
                section = heading.Groups[1].Value;
            if (!line.StartsWith("| R-", StringComparison.Ordinal))
                continue;
            var cells = line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
            if (cells.Length != 5)
                throw new FormatException($"{page}: {cells.Length} cells, not five: {line}");
            yield return new RuleRow(page, section, cells[0], cells[1], cells[2], cells[3], cells[4].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }

    /// <summary>Everything that is wrong with the rows, one sentence each.</summary>
    /// <param name="isTest">Whether <c>Class.Method</c> names a test.</param>
    /// <param name="errors">The errors that there are.</param>
    public static IReadOnlyList<string> Faults(IReadOnlyList<RuleRow> rows, Func<string, bool> isTest, IReadOnlyCollection<string> errors)
    {
        var faults = new List<string>();
        foreach (var twice in rows.GroupBy(row => row.Id).Where(group => group.Count() > 1))
            faults.Add($"{twice.Key} stands {twice.Count()} times");
        foreach (var row in rows)
        {
            if (Id().Match(row.Id) is not { Success: true } id || id.Groups[1].Value != row.Section)
                faults.Add($"{row.Id} is not a number under §{row.Section}");
            if (row.Rule.Length == 0)
                faults.Add($"{row.Id} says no rule");
            if (!Deciders.Contains(row.By))
                faults.Add($"{row.Id} is decided by '{row.By}'");
            if (row.Error.Length > 0 && !errors.Contains(row.Error))
                faults.Add($"{row.Id}: there is no error {row.Error}");
            if (row is { By: "sender" or "IANA", Error.Length: > 0 })
                faults.Add($"{row.Id}: what {row.By} decides is refused by nobody, and has an error");
            if (row is { By: "public" or "member" or "sender", Tests.Count: 0 })
                faults.Add($"{row.Id} has no test");
            if (row is { By: "application" or "IANA", Tests.Count: > 0 })
                faults.Add($"{row.Id}: a rule that binds {row.By} alone has a test here");
            faults.AddRange(row.Tests.Where(test => !isTest(test)).Select(test => $"{row.Id}: there is no test {test}"));
        }
        faults.AddRange(errors.Except(rows.Select(row => row.Error)).Select(error => $"{error} has no row"));
        return faults;
    }

    [GeneratedRegex(@"^## §([0-9.]+) ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^R-([0-9.]+)-[0-9]{2}$")]
    private static partial Regex Id();
}
