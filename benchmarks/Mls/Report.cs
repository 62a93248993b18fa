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
        writer.WriteLine($"{"members",-36}{string.Concat(sizes.Select(size => $"{size,14:N0}"))}");
        foreach (var operation in figures.GroupBy(figure => figure.Operation))
        {
            writer.WriteLine($"{operation.Key,-36}{string.Concat(operation.Select(figure => $"{Time(figure.Microseconds),14}"))}");
            if (operation.All(figure => figure.AllocatedBytes is not null))
                writer.WriteLine($"{"  managed bytes each",-36}{string.Concat(operation.Select(figure => $"{figure.AllocatedBytes,14:N0}"))}");
        }
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<Figure> figures) =>
        writer.WriteLine(JsonSerializer.Serialize(new { Benchmark = "mls", Processors = Environment.ProcessorCount, Figures = figures }, Format));

    private static string Time(double microseconds) => microseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:0.00} ms");
}
