using Skytale.Benchmarks.Messages;

const int Runs = 3;
var figures = new List<Figure>();
await using (var server = await BenchServer.StartAsync())
{
    foreach (var receivers in new[] { 1, 8 })
    {
        var runs = new List<Figure>();
        await using var party = await Party.MeetAsync(server, receivers);
        await party.WarmUpAsync();
        for (var run = 1; run <= Runs; run++)
        {
            Console.Error.WriteLine($"1 sender, {receivers} receivers, run {run} of {Runs} …");
            runs.Add(await party.MeasureAsync());
        }
        figures.Add(Figure.Median(runs));
    }
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
