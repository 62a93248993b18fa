namespace Skytale.Benchmarks.Relay;

/// <summary>What <c>scripts/bench relay</c> measures, part by part.</summary>
internal static class Measurements
{
    private const int Runs = 5;
    private const int Live = 64;

    /// <summary>Deliveries of one fan-out run, whatever the number of receivers.</summary>
    private const int Deliveries = 640_000;

    private const int Queued = 1_000_000;
    private const int PaceSeconds = 5;
    private const int PerSecond = 1000;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(3);

    public static async Task<IEnumerable<Figure>> FanOutAsync() =>
        [await FanOutAsync(LogKind.Memory, Live, "> 150,000"), await FanOutAsync(LogKind.Embedded, Live, "> 150,000")];

    public static async Task<IEnumerable<Figure>> LatencyAsync()
    {
        var figures = new List<Figure>();
        foreach (var members in new[] { 1, Live })
        {
            await using var party = await Party.MeetAsync(LogKind.Embedded, members);
            await party.DeliverAsync(5000); // Compiled and warm.
            await party.PaceAsync(PaceSeconds * PerSecond, PerSecond);
            var runs = new List<Received>();
            for (var run = 1; run <= Runs; run++)
            {
                await Console.Error.WriteLineAsync($"latency, {members} receivers, run {run} of {Runs} …");
                runs.Add(await party.PaceAsync(PaceSeconds * PerSecond, PerSecond));
            }
            var name = $"one-way latency, 1,000 messages/s, {members} receiver{(members > 1 ? "s" : "")}";
            figures.Add(Figure.Of($"{name}, p50", "ms", "< 1", runs.Select(run => run.P50)));
            figures.Add(Figure.Of($"{name}, p99", "ms", "< 5", runs.Select(run => run.P99)));
        }
        return figures;
    }

    public static async Task<IEnumerable<Figure>> AppendsAsync() =>
        [await AppendsAsync(LogKind.Embedded, 1000, "> 120,000"), await AppendsAsync(LogKind.Postgres, 1000, "> 20,000")];

    public static async Task<IEnumerable<Figure>> QueuedAsync()
    {
        await Console.Error.WriteLineAsync("queued messages …");
        var (megabytes, perSecond) = await QueuedMemory.MeasureAsync(LogKind.Embedded, Queued);
        return
        [
            Figure.Of($"{Queued:N0} messages queued for an absent member, growth of the relay's memory", "MB", "< 100", [megabytes]),
            Figure.Of("messages through the relay to the embedded log, one sender", "1/s", "", [perSecond]),
        ];
    }

    public static async Task<IReadOnlyList<Growth>> GrowthAsync()
    {
        var fanOut = new List<(int, Figure)>();
        foreach (var members in new[] { 8, 64, 512 })
            fanOut.Add((members, await FanOutAsync(LogKind.Embedded, members, "")));
        var appends = new List<(int, Figure)>();
        foreach (var channels in new[] { 1, 1_000, 100_000 })
            appends.Add((channels, await AppendsAsync(LogKind.Embedded, channels, "")));
        return
        [
            new Growth("deliveries/s, embedded log", "members of the channel", fanOut),
            new Growth("durable appends/s, embedded log", "channels", appends),
        ];
    }

    private static async Task<Figure> FanOutAsync(LogKind log, int members, string goal)
    {
        await using var party = await Party.MeetAsync(log, members);
        var messages = Deliveries / members;
        await party.DeliverAsync(messages / 2); // Compiled and warm.
        return await Figure.MedianAsync($"deliveries to {members} live members, {log} log", "1/s", goal, Runs, () => party.DeliverAsync(messages));
    }

    private static async Task<Figure> AppendsAsync(LogKind log, int channels, string goal)
    {
        await using var appends = await LogAppends.OpenAsync(log, channels);
        await appends.MeasureAsync(s_time / 3);
        return await Figure.MedianAsync($"durable appends, {log} log, {channels:N0} channel{(channels > 1 ? "s" : "")}", "1/s", goal, Runs, () => appends.MeasureAsync(s_time));
    }
}
