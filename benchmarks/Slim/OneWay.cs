namespace Skytale.Benchmarks.Slim;

/// <summary>Fire and forget from one real client to another, through proxy and relay and through the real node by turns.</summary>
internal static class OneWay
{
    private const int Runs = 5;
    private const int Size = 16 << 10;
    private const int WarmUp = 50_000;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(3);

    public static async Task<IEnumerable<Figure>> MeasureAsync()
    {
        await using var oursTarget = await Target.StartProxyAndRelayAsync();
        await using var nodeTarget = await Target.StartNodeAsync();
        await oursTarget.WarmUpAsync(WarmUp, Size);
        await using var ours = await Pair.MeetAsync(oursTarget, isReliable: false);
        await using var node = await Pair.MeetAsync(nodeTarget, isReliable: false);
        await ours.StreamAsync(Size, s_time); // The clients too.
        await node.StreamAsync(Size, s_time);

        var runs = new List<(Stream Ours, Stream Node)>();
        for (var run = 1; run <= Runs; run++)
        {
            await Console.Error.WriteLineAsync($"one-way, run {run} of {Runs} …");
            runs.Add((await ours.StreamAsync(Size, s_time), await node.StreamAsync(Size, s_time)));
        }
        return
        [
            Figure.Of("16 KiB one way, proxy and relay beside the real node", "", "≥ 0.75", runs.Select(run => run.Ours.Rate / run.Node.Rate)),
            .. Figures(oursTarget.Name, "≤ 200", runs.Select(run => run.Ours)),
            .. Figures(nodeTarget.Name, "", runs.Select(run => run.Node)),
        ];
    }

    private static IEnumerable<Figure> Figures(string target, string goal, IEnumerable<Stream> runs) =>
    [
        Figure.Of($"16 KiB one way, {target}", "1/s", "", runs.Select(run => run.Rate)),
        Figure.Of($"16 KiB one way, {target}, lost", "%", "", runs.Select(run => 100.0 * (run.Sent - run.Received) / run.Sent)),
        Figure.Of($"processor time a message, {target}", "µs", goal, runs.Select(run => run.Processor)),
    ];
}
