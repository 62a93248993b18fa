using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Skytale.Benchmarks.Messages;

/// <summary>The figures, for people and for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void WriteTable(TextWriter writer, IReadOnlyList<Figure> figures)
    {
        writer.WriteLine($"Messages of {Party.MessageSize} bytes, agent to agent over QUIC on loopback, server in its own process; {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}; medians of 3 runs");
        writer.WriteLine(Row("receivers", "messages/s", "received/s", "alone p50", "alone p99", $"{Party.Window} deep p50", $"{Party.Window} deep p99"));
        foreach (var figure in figures)
        {
            writer.WriteLine(Row(
                figure.Receivers.ToString(CultureInfo.InvariantCulture), Rate(figure.MessagesPerSecond), Rate(figure.MessagesPerSecond * figure.Receivers),
                Time(figure.OneAtATime.P50), Time(figure.OneAtATime.P99), Time(figure.Pipelined.P50), Time(figure.Pipelined.P99)));
        }
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<Figure> figures) => writer.WriteLine(JsonSerializer.Serialize(
        new { Benchmark = "messages", Processors = Environment.ProcessorCount, Party.MessageSize, Party.Window, Figures = figures }, Format));

    private static string Row(params string[] cells) => string.Concat(cells.Select(cell => cell.PadLeft(14)));

    private static string Rate(double perSecond) => perSecond.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms");
}
