using Skytale.Benchmarks.Mls;

var sizes = new[] { 2, 100, 1000 };
var figures = new List<Figure>();
foreach (var members in sizes)
{
    Console.Error.WriteLine($"{members} members …");
    figures.AddRange(Operations.Measure(members));
}
Report.WriteTable(Console.Out, sizes, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
