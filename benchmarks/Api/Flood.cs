using System.Diagnostics;
using System.Net;

namespace Skytale.Benchmarks.Api;

/// <summary>Somebody reads what is theirs while others try a thousand wrong keys at once (<see cref="Attack"/>).</summary>
internal static class Flood
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(10);

    public static async Task<IEnumerable<Figure>> MeasureAsync(Service service)
    {
        await Console.Error.WriteLineAsync("flood …");
        var customer = await service.SignUpAsync();
        using var own = service.NewClient(8);
        await Load.AskAsync(own, 4, TimeSpan.FromSeconds(2), HttpStatusCode.OK, _ => Read(customer)); // Compiled and warm.
        var quiet = await ReadAsync(own, customer, Task.Delay(TimeSpan.FromSeconds(5)), () => { });

        using var attackers = await Attack.StartAsync(service);
        var (before, most) = (service.Resident, 0L);
        var attack = Attack.EndAsync(attackers);
        var flooded = await ReadAsync(own, customer, attack, () => most = Math.Max(most, service.Resident));
        var answers = await attack;

        var total = (double)answers.Values.Sum();
        return
        [
            Figure.Of("GET /accounts/{id}/orgs, 100 a second, p50", "ms", "", [quiet.P50]),
            Figure.Of("GET /accounts/{id}/orgs, 100 a second, p99", "ms", "", [quiet.P99]),
            Figure.Of($"the same beside {Attack.AtOnce:N0} POST /tokens at once with wrong keys, p50", "ms", "", [flooded.P50]),
            Figure.Of("the same beside them, p99", "ms", "< 500", [flooded.P99]),
            Figure.Of("wrong keys answered 401, a hash each", "%", "", [100 * answers.GetValueOrDefault(HttpStatusCode.Unauthorized) / total]),
            Figure.Of("wrong keys answered 429, without a hash", "%", "", [100 * answers.GetValueOrDefault(HttpStatusCode.TooManyRequests) / total]),
            Figure.Of("others", "%", "0", [100 * (total - answers.GetValueOrDefault(HttpStatusCode.Unauthorized) - answers.GetValueOrDefault(HttpStatusCode.TooManyRequests)) / total]),
            Figure.Of("the server's resident memory before the attack", "MB", "", [before / 1e6]),
            Figure.Of("the most in it", "MB", "", [most / 1e6]),
        ];
    }

    private static HttpRequestMessage Read(Customer customer) => Service.Request("GET", $"/accounts/{customer.Id}/orgs", null, customer.Token);

    /// <summary>A read each hundredth of a second, whether the one before is answered or not: one that waits is not made up for by fewer that ask.</summary>
    private static async Task<Asked> ReadAsync(HttpClient client, Customer customer, Task until, Action atEach)
    {
        var reads = new List<Task<double>>();
        var start = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(s_pace);
        while (!until.IsCompleted)
        {
            await pace.WaitForNextTickAsync();
            atEach();
            reads.Add(OneAsync());
        }
        var sorted = (await Task.WhenAll(reads)).Order().ToArray();
        return new Asked(sorted.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, sorted);

        async Task<double> OneAsync()
        {
            using var request = Read(customer);
            return await Load.TimeAsync(client, request, HttpStatusCode.OK);
        }
    }
}
