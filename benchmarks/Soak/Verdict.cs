using System.Globalization;

namespace Skytale.Benchmarks.Soak;

/// <summary>Whether the process stayed flat: the slopes of what it holds, by least squares, after the first third of the time.</summary>
internal static class Verdict
{
    private const double MaxResident = 2e6; // Bytes a minute.
    private const double MaxHeap = 1e6;     // Bytes a minute.
    private const double MaxHandles = 1;    // A minute.
    private const int MinSamples = 20;      // Of fewer, the slope is the collector's mood.

    internal static bool Of(List<Sample> samples, Sample left, TextWriter output)
    {
        var counted = samples.Skip(samples.Count / 3).ToList();
        if (counted.Count < MinSamples)
        {
            output.WriteLine($"too short to judge: {counted.Count} samples after the first third, of {MinSamples} that are needed");
            return false;
        }
        var flat = Judge("resident MB", counted, s => s.Resident, MaxResident, 1e6, output)
            & Judge("heap MB", counted, s => s.Heap, MaxHeap, 1e6, output)
            & Judge("handles", counted, s => s.Handles, MaxHandles, 1, output);
        var nothingLeft = left is { Connections: 0, Streams: 0, SendQueue: 0 };
        output.WriteLine(flat && nothingLeft ? "flat, and nothing is left" : "NOT FLAT, or something is left");
        return flat && nothingLeft;
    }

    private static bool Judge(string name, List<Sample> samples, Func<Sample, double> value, double limit, double unit, TextWriter output)
    {
        var slope = Slope([.. samples.Select(s => (s.At.TotalMinutes, value(s)))]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {slope / unit:+0.000;-0.000} a minute, at most {limit / unit:0.###}"));
        return slope <= limit;
    }

    private static double Slope((double X, double Y)[] points)
    {
        var x = points.Average(p => p.X);
        var y = points.Average(p => p.Y);
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
