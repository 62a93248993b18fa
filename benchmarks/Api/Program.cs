using Skytale.Benchmarks;
using Skytale.Benchmarks.Api;

// scripts/bench api [--only NAME] [--plot FILE] [--json]: reads, tokens, answers, flood; all of them without a name.
if (Attack.IsAsked(args))
    return await Attack.RunAsync(args);
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var only = Option("--only");
var figures = new List<Figure>();
var parts = new (string Name, Func<Service, Task<IEnumerable<Figure>>> Measure)[]
{
    ("reads", Reads.MeasureAsync),
    ("tokens", Tokens.MeasureAsync),
    ("answers", service => Answers.MeasureAsync(service, Option("--plot"))),
    ("flood", Flood.MeasureAsync),
};
foreach (var (name, measure) in parts.Where(part => only is null || part.Name == only))
{
    await using var service = await Service.StartAsync();
    figures.AddRange(await measure(service));
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
return figures.Count > 0 ? 0 : 2;
