namespace Skytale.Benchmarks;

/// <summary>What was measured: the median of its runs, beside the least and the most.</summary>
/// <param name="Goal">In the same unit, with its direction; empty: none.</param>
internal sealed record Figure(string Name, string Unit, string Goal, double Value, double Least, double Most)
{
    public static Figure Of(string name, string unit, string goal, IEnumerable<double> runs)
    {
        var sorted = runs.Order().ToArray();
        return new Figure(name, unit, goal, sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    /// <summary>Measures some times, with a line for who watches before each.</summary>
    public static async Task<Figure> MedianAsync(string name, string unit, string goal, int runs, Func<Task<double>> measure)
    {
        var values = new List<double>();
        for (var run = 1; run <= runs; run++)
        {
            await Console.Error.WriteLineAsync($"{name}, run {run} of {runs} …");
            values.Add(await measure());
        }
        return Of(name, unit, goal, values);
    }
}

/// <summary>How a rate changes with a size: what the plot shows.</summary>
internal sealed record Growth(string Title, string SizeName, IReadOnlyList<(int Size, Figure Rate)> Points);
