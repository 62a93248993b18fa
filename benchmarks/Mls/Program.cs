using System.Globalization;
using Skytale.Benchmarks.Mls;

if (args is [Joiner.Argument, var file, var joined, var runs])
{
    Joiner.Run(file, int.Parse(joined, CultureInfo.InvariantCulture), int.Parse(runs, CultureInfo.InvariantCulture));
    return;
}

// --members 10,100   sizes of the group        --json   one line of JSON last
var chosen = Array.IndexOf(args, "--members");
var sizes = (chosen >= 0 ? args[chosen + 1] : "10,100,1000,10000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
var figures = new List<Figure>();

// Code that has not run before is slow at first: a whole life in a small group goes before what is measured.
Console.Error.WriteLine("warming up …");
for (var i = 0; i < 3; i++)
    _ = Operations.Measure(16).Count();
foreach (var members in sizes)
{
    Console.Error.WriteLine($"{members} members …");
    foreach (var figure in Operations.Measure(members))
    {
        Console.Error.WriteLine($"  {figure.Operation}: {Report.Time(figure)}");
        figures.Add(figure);
    }
}
Report.WriteTable(Console.Out, sizes, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
