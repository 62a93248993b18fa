using Skytale.Benchmarks;
using Skytale.Benchmarks.Relay;

// scripts/bench relay [--only NAME] [--plot FILE] [--json]: fan-out, latency, appends, queued, growth; all of them without a name.
if (args is [RelayProcess.InMemoryCommand, .. var settings])
    return await RelayProcess.ServeInMemoryAsync(settings);
if (args is [ReceiverProgram.Command, var orders])
    return await ReceiverProgram.RunAsync(orders);

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var only = Option("--only");
var figures = new List<Figure>();
var parts = new (string Name, Func<Task<IEnumerable<Figure>>> Measure)[]
{
    ("fan-out", Measurements.FanOutAsync),
    ("latency", Measurements.LatencyAsync),
    ("appends", Measurements.AppendsAsync),
    ("queued", Measurements.QueuedAsync),
    ("growth", GrowAsync),
};
foreach (var (name, measure) in parts.Where(part => only is null || part.Name == only))
    figures.AddRange(await measure());
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
return figures.Count > 0 ? 0 : 2;

async Task<IEnumerable<Figure>> GrowAsync()
{
    var panels = await Measurements.GrowthAsync();
    if (Option("--plot") is { } file)
        await File.WriteAllTextAsync(file, Plot.Draw(panels));
    return panels.SelectMany(panel => panel.Points.Select(point => point.Rate));
}
