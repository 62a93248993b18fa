using System.Diagnostics;

namespace Skytale.Benchmarks.Quic;

/// <summary>What was measured, its median over the runs, and the cores that this process kept busy meanwhile, in the mean.</summary>
internal sealed record Figure(string Name, double Value, string Unit, double? Cores = null)
{
    /// <summary>Measures some times; the middle one counts.</summary>
    internal static async Task<Figure> MedianAsync(string name, string unit, int runs, Func<Task<double>> measure) =>
        (await MediansAsync(runs, unit, (name, measure)))[0];

    /// <summary>Measures several things some times, turn by turn; of each the middle one counts.</summary>
    internal static async Task<Figure[]> MediansAsync(int runs, string unit, params (string Name, Func<Task<double>> Measure)[] things)
    {
        var values = things.Select(_ => new List<double>()).ToArray();
        var cores = new double[things.Length];
        for (var run = 1; run <= runs; run++)
        {
            for (var i = 0; i < things.Length; i++)
            {
                Console.Error.WriteLine($"{things[i].Name}, run {run} of {runs} …");
                var before = Environment.CpuUsage.TotalTime;
                var clock = Stopwatch.StartNew();
                values[i].Add(await things[i].Measure());
                cores[i] += (Environment.CpuUsage.TotalTime - before) / clock.Elapsed / runs;
            }
        }
        return [.. things.Select((thing, i) => new Figure(thing.Name, values[i].Order().ElementAt(runs / 2), unit, cores[i]))];
    }
}
