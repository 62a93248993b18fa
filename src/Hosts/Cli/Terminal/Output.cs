using System.Text.Encodings.Web;
using System.Text.Json;
using Skytale.Cli.Doctor;
using Spectre.Console;

namespace Skytale.Cli.Terminal;

/// <summary>Results go to stdout, for people as tables, for pipes as plain columns, or as JSON; remarks and failures go to stderr.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether this run answers in JSON: one document on a line of its own; decided before the command runs.</summary>
    public static bool Json { get; set; }

    /// <summary>One thing.</summary>
    /// <param name="text">How people are told it.</param>
    public static void Show<T>(T thing, string text) => Line(Json ? JsonSerializer.Serialize(thing, Options) : text);

    /// <summary>One thing, for people a line each: label and text.</summary>
    public static void Show<T>(T thing, params IReadOnlyList<(string Label, string? Text)> lines)
    {
        var width = lines.Max(line => line.Label.Length);
        Show(thing, string.Join('\n', lines.Select(line => $"{line.Label.PadRight(width)}  {Plain.OneLine(line.Text ?? "-")}")));
    }

    /// <summary>Things: a JSON array, or a table.</summary>
    public static void List<T>(IReadOnlyList<T> things, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
    {
        if (Json)
            Show(things, "");
        else
            Table([.. columns.Select(column => column.Heading)], [.. things.Select(thing => columns.Select(column => Plain.OneLine(column.Cell(thing) ?? "-")).ToArray())]);
    }

    /// <summary>A line of the doctor's, with a colour where there are any, and its hint below.</summary>
    public static void Verdict(Finding finding)
    {
        var colour = finding.Result switch { Finding.Ok => Color.Green, Finding.Warn => Color.Yellow, _ => Color.Red };
        var rest = $" {finding.Check,-11}  {Plain.OneLine(finding.Detail)}";
        if (Console.IsOutputRedirected)
            Line($"{finding.Result,-4}{rest}");
        else
            AnsiConsole.Write(new Paragraph().Append($"{finding.Result,-4}", new Style(colour)).Append(rest + "\n"));
        if (finding.Hint is { } hint)
            Line($"                  {Plain.OneLine(hint)}");
    }

    /// <summary>What a person may want to know and a script not.</summary>
    public static void Remark(string text) => Console.Error.WriteLine(Json ? JsonSerializer.Serialize(new { Remark = text }, Options) : Plain.OneLine(text));

    public static void Fail(Failure failure) => Console.Error.WriteLine(Json ? JsonSerializer.Serialize(new { Error = failure }, Options) : Failures.Line(failure));

    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>A point in time for people, in UTC.</summary>
    public static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture);

    // Without a terminal a line each, the columns aligned, no heading.
    private static void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
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
