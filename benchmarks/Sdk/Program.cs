using Skytale.Benchmarks;
using Skytale.Benchmarks.Messages;
using Skytale.Benchmarks.Sdk;

if (args is [ManyChannels.Command, var place])
    return await ManyChannels.RunAsync(AgentPlace.Parse(place));
const int Runs = 5;
var only = args is ["--only", var name, ..] ? name : null;
var figures = new List<Figure>();
await using var server = await BenchServer.StartAsync();
if (only is null or "talk")
{
    await using var talk = await Talk.BeginAsync(server);
    await talk.ThroughputAsync(); // Compiled, and warm.
    figures.Add(await Figure.MedianAsync("messages/s of 200 bytes, agent to agent", "messages/s", "≥ 5,000", Runs, talk.ThroughputAsync));
    figures.Add(await Figure.MedianAsync("a send to Accepted, one after the other, p50", "ms", "< 0.7", Runs, talk.AcceptedAsync));
}
if (only is null or "start")
{
    var agent = await ManyChannels.PrepareAsync(server);
    var starts = new List<(double Seconds, double Megabytes)>();
    for (var run = 0; run < Runs; run++)
        starts.Add(await ManyChannels.StartAsync(agent));
    figures.Add(Figure.Of($"start of an agent with {ManyChannels.Count:N0} channels", "s", "< 2", starts.Select(start => start.Seconds)));
    figures.Add(Figure.Of("resident memory of its process then", "MB", "< 200", starts.Select(start => start.Megabytes)));
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
return 0;
