using System.Net;

namespace Skytale.Benchmarks.Api;

/// <summary>Plain reads with an account's token: its signature is checked, the account and its organisations are read, each from Postgres.</summary>
internal static class Reads
{
    private const int Runs = 5;
    private const int Accounts = 20;
    private const int AtOnce = 32;

    public static async Task<IEnumerable<Figure>> MeasureAsync(Service service)
    {
        var customers = new List<Customer>();
        while (customers.Count < Accounts)
            customers.Add(await service.SignUpAsync());
        using var client = service.NewClient(AtOnce);
        var runs = new List<Asked>();
        var (servers, askers) = (new List<double>(), new List<double>());
        await AskAsync(TimeSpan.FromSeconds(30)); // Compiled and warm: beside this load the compiler has little of the machine.
        for (var run = 1; run <= Runs; run++)
        {
            await Console.Error.WriteLineAsync($"reads, run {run} of {Runs} …");
            var (server, asker) = (service.Processor, Environment.CpuUsage.TotalTime);
            runs.Add(await AskAsync(TimeSpan.FromSeconds(5)));
            servers.Add((service.Processor - server).TotalMicroseconds / runs[^1].Latencies.Length);
            askers.Add((Environment.CpuUsage.TotalTime - asker).TotalMicroseconds / runs[^1].Latencies.Length);
        }
        return
        [
            Figure.Of($"GET /accounts/{{id}}/orgs, {AtOnce} at once", "1/s", "≥ 3,000", runs.Select(run => run.PerSecond)),
            Figure.Of("reads, p50", "ms", "", runs.Select(run => run.P50)),
            Figure.Of("reads, p99", "ms", "", runs.Select(run => run.P99)),
            Figure.Of("the server's processor time a read, Postgres's left out", "µs", "", servers),
            Figure.Of("that of the one who asks", "µs", "", askers),
        ];

        Task<Asked> AskAsync(TimeSpan time) => Load.AskAsync(client, AtOnce, time, HttpStatusCode.OK, number =>
        {
            var customer = customers[number % Accounts];
            return Service.Request("GET", $"/accounts/{customer.Id}/orgs", null, customer.Token);
        });
    }
}
