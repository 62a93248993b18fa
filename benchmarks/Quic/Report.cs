using System.Globalization;
using System.Text.Json;

namespace Skytale.Benchmarks.Quic;

/// <summary>The figures as a Markdown table and as one line of JSON.</summary>
internal static class Report
{
    internal static void WriteTable(TextWriter output, IEnumerable<Figure> figures)
    {
        output.WriteLine("| what | figure | unit | cores busy |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (var figure in figures)
            output.WriteLine($"| {figure.Name} | {figure.Value.ToString(figure.Value < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture)} | {figure.Unit} | {figure.Cores?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"} |");
    }

    internal static void WriteJson(TextWriter output, IEnumerable<Figure> figures) =>
        output.WriteLine(JsonSerializer.Serialize(figures.ToDictionary(f => f.Name, f => new { value = f.Value, unit = f.Unit })));
}
