using System.Diagnostics;
using System.Net;

namespace Skytale.Benchmarks.Api;

/// <summary>What came of asking for a while.</summary>
/// <param name="Latencies">Of those that were answered so, in milliseconds, sorted.</param>
internal sealed record Asked(double PerSecond, double[] Latencies)
{
    public double P50 => At(0.5);

    public double P99 => At(0.99);

    private double At(double part) => Latencies[(int)Math.Min(Latencies.Length - 1, part * Latencies.Length)];
}

/// <summary>Asks one thing after the other, some at a time.</summary>
internal static class Load
{
    /// <param name="expected">What is answered; anything else is no measurement.</param>
    /// <param name="request">Given how many were asked before.</param>
    public static async Task<Asked> AskAsync(HttpClient client, int atOnce, TimeSpan time, HttpStatusCode expected, Func<int, HttpRequestMessage> request)
    {
        var asked = 0;
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                using var next = request(Interlocked.Increment(ref asked));
                own.Add(await TimeAsync(client, next, expected));
            }
            return own;
        })));
        var took = Stopwatch.GetElapsedTime(start);
        double[] sorted = [.. latencies.SelectMany(own => own).Order()];
        return new Asked(sorted.Length / took.TotalSeconds, sorted);
    }

    /// <summary>How long one answer takes, in milliseconds.</summary>
    public static async Task<double> TimeAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode expected)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.StatusCode == expected ? took : throw new InvalidOperationException($"{request.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
