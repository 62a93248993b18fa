using System.Diagnostics;
using System.Net;
using Skytale.Accounts;
using Skytale.Security.Argon2;

namespace Skytale.Benchmarks.Api;

/// <summary>Keys exchanged for tokens, beside what Argon2id alone allows on this machine: each exchange computes one.</summary>
internal static class Tokens
{
    private const int Runs = 5;

    /// <summary>Fewer than the server's queue is long, so that nobody is refused.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(5);

    public static async Task<IEnumerable<Figure>> MeasureAsync(Service service)
    {
        var alone = await Figure.MedianAsync("Argon2id alone (19 MiB, 2 passes), all cores", "1/s", "", Runs, HashAsync);
        var customer = await service.SignUpAsync();
        using var client = service.NewClient(AtOnce);
        await AskAsync();
        var runs = new List<Asked>();
        for (var run = 1; run <= Runs; run++)
        {
            await Console.Error.WriteLineAsync($"tokens, run {run} of {Runs} …");
            runs.Add(await AskAsync());
        }
        return
        [
            alone,
            Figure.Of($"POST /tokens, {AtOnce} at once", "1/s", "Argon2id's", runs.Select(run => run.PerSecond)),
            Figure.Of("tokens, part of Argon2id's", "%", "", runs.Select(run => 100 * run.PerSecond / alone.Value)),
            Figure.Of("tokens, p50", "ms", "", runs.Select(run => run.P50)),
            Figure.Of("tokens, p99", "ms", "", runs.Select(run => run.P99)),
        ];

        Task<Asked> AskAsync() => Load.AskAsync(client, AtOnce, s_time, HttpStatusCode.OK, _ => Service.Request("POST", "/tokens", new { agent = "bench" }, customer.Key));
    }

    private static async Task<double> HashAsync()
    {
        using var hasher = new Argon2Hasher(new Argon2Options());
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < s_time)
                await hasher.HashAsync(new SecretText("correct horse battery"), CancellationToken.None);
        })));
        return hasher.Computed / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
