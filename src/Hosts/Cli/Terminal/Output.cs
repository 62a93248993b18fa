using Spectre.Console;

namespace Skytale.Cli.Terminal;

/// <summary>Results go to stdout, for people as tables and for pipes as plain columns; remarks go to stderr.</summary>
internal static class Output
{
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>What a person may want to know and a script not.</summary>
    public static void Remark(string text) => Console.Error.WriteLine(Plain.OneLine(text));

    /// <summary>Rows; without a terminal a line each, the columns aligned, no heading.</summary>
    public static void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            var widths = headings.Select((_, column) => rows.Count == 0 ? 0 : rows.Max(row => row[column].Length)).ToArray();
            foreach (var row in rows)
                Line(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            return;
        }
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Write(table);
    }
}
