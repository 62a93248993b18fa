using System.Globalization;
using System.Text.Json;

namespace Skytale.Benchmarks.Mls;

/// <summary>The figures, for people and for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void WriteTable(TextWriter writer, IReadOnlyList<int> sizes, IReadOnlyList<Figure> figures)
    {
        writer.WriteLine($"MLS, cipher suite 1, {Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; medians");
        WriteRow(writer, "members", sizes.Select(size => $"{size:N0}"));
        foreach (var operation in figures.GroupBy(figure => figure.Operation))
        {
            WriteRow(writer, operation.Key, operation.Select(Time));
            WriteRow(writer, "  processor time, all threads", operation.Select(figure => Time(figure.ProcessorMicroseconds)));
            WriteRow(writer, "  managed memory", operation.Select(figure => Bytes(figure.AllocatedBytes)));
            if (operation.Any(figure => figure.WorkingSetBytes is not null))
                WriteRow(writer, "  peak working set, own process", operation.Select(figure => Bytes(figure.WorkingSetBytes)));
        }
        foreach (var figure in figures.Where(figure => figure.LeftOut is not null))
            writer.WriteLine($"left out: {figure.Operation}, {figure.Members:N0} members: {figure.LeftOut}");
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<Figure> figures) =>
        writer.WriteLine(JsonSerializer.Serialize(new { Benchmark = "mls", Processors = Environment.ProcessorCount, Figures = figures }, Format));

    public static string Time(Figure figure) => Time(figure.Microseconds);

    private static string Time(double? microseconds) => microseconds switch
    {
        null => "left out",
        < 1e3 and var time => string.Create(CultureInfo.InvariantCulture, $"{time:0.0} µs"),
        < 1e6 and var time => string.Create(CultureInfo.InvariantCulture, $"{time / 1e3:0.00} ms"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{time / 1e6:0.00} s"),
    };

    private static string Bytes(long? bytes) => bytes switch
    {
        null => "",
        < 100_000 and var count => string.Create(CultureInfo.InvariantCulture, $"{count:N0} B"),
        < 100_000_000 and var count => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.0} MB"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:N0} MB"),
    };

    private static void WriteRow(TextWriter writer, string name, IEnumerable<string> cells) =>
        writer.WriteLine($"{name,-38}{string.Concat(cells.Select(cell => $"{cell,14}"))}");
}
