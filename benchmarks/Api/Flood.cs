using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Skytale.Accounts;

namespace Skytale.Benchmarks.Api;

/// <summary>A thousand <c>POST /tokens</c> at once with wrong keys, wave after wave, while somebody else reads what is theirs.</summary>
internal static class Flood
{
    private const int AtOnce = 1_000;
    private const int Waves = 20;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(10);

    public static async Task<IEnumerable<Figure>> MeasureAsync(Service service)
    {
        await Console.Error.WriteLineAsync("flood …");
        var customer = await service.SignUpAsync();
        using var own = service.NewClient(8);
        await Load.AskAsync(own, 4, TimeSpan.FromSeconds(2), HttpStatusCode.OK, _ => Read(customer)); // Compiled and warm.
        var quiet = await ReadAsync(own, customer, Task.Delay(TimeSpan.FromSeconds(5)));

        using var attackers = service.NewClient(AtOnce);
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        await WaveAsync(attackers, new ConcurrentDictionary<HttpStatusCode, int>()); // Their connections.
        var (before, most) = (service.Resident, 0L);
        var attack = Task.Run(async () =>
        {
            for (var wave = 0; wave < Waves; wave++)
            {
                await WaveAsync(attackers, answers);
                most = Math.Max(most, service.Resident);
            }
        });
        var flooded = await ReadAsync(own, customer, attack);
        await attack;

        var total = (double)answers.Values.Sum();
        return
        [
            Figure.Of("GET /accounts/{id}/orgs, 100 a second, p50", "ms", "", [quiet.P50]),
            Figure.Of("the same, p99", "ms", "", [quiet.P99]),
            Figure.Of($"the same beside {AtOnce:N0} POST /tokens at once with wrong keys, p50", "ms", "", [flooded.P50]),
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
    private static async Task<Asked> ReadAsync(HttpClient client, Customer customer, Task until)
    {
        var reads = new List<Task<double>>();
        var start = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(s_pace);
        while (!until.IsCompleted)
        {
            await pace.WaitForNextTickAsync();
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

    private static Task WaveAsync(HttpClient client, ConcurrentDictionary<HttpStatusCode, int> answers) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        var key = ApiKeySecret.FromRandom(KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize)).Reveal();
        using var request = Service.Request("POST", "/tokens", new { agent = "bench" }, key);
        using var answer = await client.SendAsync(request);
        answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
    }));
}
