namespace Skytale.Benchmarks.Slim;

/// <summary>Requests and their answers, one after the other, in a reliable session of the real client.</summary>
internal static class RoundTrips
{
    private const int Runs = 5;
    private const int Count = 60;
    private const int Size = 32;

    public static async Task<IEnumerable<Figure>> MeasureAsync()
    {
        await using var ours = await Target.StartProxyAndRelayAsync();
        await using var node = await Target.StartNodeAsync();
        var figures = new List<Figure>();
        foreach (var (target, goal) in new[] { (ours, "≤ 5"), (node, "") })
        {
            await using var pair = await Pair.MeetAsync(target, isReliable: true);
            await pair.EchoAsync();
            await pair.RoundTripsAsync(Count, Size); // Compiled and warm.
            figures.Add(await Figure.MedianAsync($"reliable request and reply, one after the other, {target.Name}, p50", "ms", goal, Runs,
                async () => (await pair.RoundTripsAsync(Count, Size)).Order().ElementAt(Count / 2)));
        }
        return figures;
    }
}
