using System.Globalization;
using System.Text.Json;

namespace Skytale.Benchmarks;

/// <summary>The figures as a Markdown table and as one line of JSON.</summary>
internal static class Report
{
    public static void WriteTable(TextWriter output, IEnumerable<Figure> figures)
    {
        output.WriteLine("| what | goal | median | least – most | unit |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var figure in figures)
            output.WriteLine($"| {figure.Name} | {(figure.Goal.Length > 0 ? figure.Goal : "–")} | {Text(figure.Value)} | {Text(figure.Least)} – {Text(figure.Most)} | {figure.Unit} |");
    }

    public static void WriteJson(TextWriter output, IEnumerable<Figure> figures) => output.WriteLine(JsonSerializer.Serialize(
        figures.ToDictionary(figure => figure.Name, figure => new { value = figure.Value, least = figure.Least, most = figure.Most, unit = figure.Unit, goal = figure.Goal })));

    private static string Text(double value) => value.ToString(Math.Abs(value) < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
