namespace Skytale.Benchmarks.Quic;

/// <summary>What was measured, and its median over the runs.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>Measures some times; the middle one counts.</summary>
    internal static async Task<Figure> MedianAsync(string name, string unit, int runs, Func<Task<double>> measure)
    {
        var values = new List<double>();
        for (var run = 1; run <= runs; run++)
        {
            Console.Error.WriteLine($"{name}, run {run} of {runs} …");
            values.Add(await measure());
        }
        values.Sort();
        return new Figure(name, values[values.Count / 2], unit);
    }
}
