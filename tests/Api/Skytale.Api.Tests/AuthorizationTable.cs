namespace Skytale.Tests;

/// <summary>The table whose first column is "route", as it stands in a Markdown document.</summary>
internal sealed record AuthorizationTable(IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string[]> Rows)
{
    public static AuthorizationTable Read(string markdown)
    {
        var lines = markdown.Split('\n').SkipWhile(line => !line.StartsWith("| route |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).ToList();
        var rows = lines.Skip(2).Select(Cells).ToDictionary(cells => cells[0].Trim('`'), cells => cells[1..]);
        return new AuthorizationTable(Cells(lines[0])[1..], rows);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))];
}
