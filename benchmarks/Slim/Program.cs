using Skytale.Benchmarks;
using Skytale.Benchmarks.Slim;
using Skytale.LivePeers.Tests.Peers;

// scripts/bench slim [--only NAME] [--json]: round-trips, one-way, bridge, memory; all of them without a name. The first two are
// measured beside the real node with the real client, and need what scripts/install-peers installs.
if (args is [RelayProcess.InMemoryCommand, .. var settings])
    return await RelayProcess.ServeInMemoryAsync(settings);

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var only = Option("--only");
var figures = new List<Figure>();
var parts = new (string Name, bool NeedsClient, Func<Task<IEnumerable<Figure>>> Measure)[]
{
    ("round-trips", true, RoundTrips.MeasureAsync),
    ("one-way", true, OneWay.MeasureAsync),
    ("bridge", false, Bridge.MeasureAsync),
    ("memory", false, Memory.MeasureAsync),
};
foreach (var (name, needsClient, measure) in parts.Where(part => only is null || part.Name == only))
{
    if (needsClient && Installation.SlimReason is { } reason)
    {
        await Console.Error.WriteLineAsync($"{name} is left out: {reason}");
        continue;
    }
    figures.AddRange(await measure());
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
return figures.Count > 0 ? 0 : 2;
