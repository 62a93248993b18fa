using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Accounts;

namespace Skytale.Benchmarks.Api;

/// <summary>A thousand <c>POST /tokens</c> at once with wrong keys, wave after wave, by a process of its own: its work is not the server's, nor that of who is measured.</summary>
internal static class Attack
{
    public const int AtOnce = 1_000;

    private const string Word = "attack";
    private const int Waves = 20;

    public static bool IsAsked(string[] args) => args is [Word, _, _];

    /// <summary>Starts the process; its first wave, which opens its connections, is over on return.</summary>
    public static async Task<Process> StartAsync(Service service)
    {
        var attackers = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Word, service.Api.ToString(), service.Certificate]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await attackers.StandardOutput.ReadLineAsync();
        return attackers;
    }

    /// <summary>How many were answered with which status, when all waves are over.</summary>
    public static async Task<Dictionary<HttpStatusCode, int>> EndAsync(Process attackers)
    {
        var answers = JsonSerializer.Deserialize<Dictionary<HttpStatusCode, int>>((await attackers.StandardOutput.ReadLineAsync())!)!;
        await attackers.WaitForExitAsync();
        return answers;
    }

    /// <summary>The process's own part.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var client = Service.NewClient(new Uri(args[1]), args[2], AtOnce);
        await WaveAsync(client, []);
        Console.WriteLine("ready");
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        for (var wave = 0; wave < Waves; wave++)
            await WaveAsync(client, answers);
        Console.WriteLine(JsonSerializer.Serialize(answers));
        return 0;
    }

    private static Task WaveAsync(HttpClient client, ConcurrentDictionary<HttpStatusCode, int> answers) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        var key = ApiKeySecret.FromRandom(KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize)).Reveal();
        using var request = Service.Request("POST", "/tokens", new { agent = "bench" }, key);
        using var answer = await client.SendAsync(request);
        answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
    }));
}
