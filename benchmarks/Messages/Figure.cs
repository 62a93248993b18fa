namespace Skytale.Benchmarks.Messages;

/// <summary>Latency from the call of SendAsync to the receipt by the application, in milliseconds; a message counts as received when every receiver has it.</summary>
internal sealed record Latency(double P50, double P99)
{
    public static Latency Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return new Latency(sorted[(sorted.Length - 1) / 2], sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1]);
    }

    public static Latency Median(IReadOnlyList<Latency> runs) => new(Middle(runs.Select(run => run.P50)), Middle(runs.Select(run => run.P99)));

    public static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}

/// <summary>What one run showed.</summary>
/// <param name="MessagesPerSecond">Of the pipelined phase, first call to last receipt.</param>
/// <param name="OneAtATime">Each message is sent when the one before has been received.</param>
/// <param name="Pipelined">With <see cref="Party.Window"/> messages under way: waiting in the queue counts.</param>
internal sealed record Figure(int Receivers, double MessagesPerSecond, Latency OneAtATime, Latency Pipelined)
{
    public static Figure Median(IReadOnlyList<Figure> runs) => new(
        runs[0].Receivers,
        Latency.Middle(runs.Select(run => run.MessagesPerSecond)),
        Latency.Median([.. runs.Select(run => run.OneAtATime)]),
        Latency.Median([.. runs.Select(run => run.Pipelined)]));
}
