using System.Text.Json;

namespace Skytale.Benchmarks.Slim;

/// <summary>Two applications over the real client with a session between them, through a target.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly SlimPeer _bob;
    private readonly SlimPeer _alice;
    private int _ofBob;
    private int _ofAlice;

    private Pair(Target target) => (Target, _bob, _alice) = (target, new SlimPeer(), new SlimPeer());

    public Target Target { get; }

    public static async Task<Pair> MeetAsync(Target target, bool isReliable)
    {
        var pair = new Pair(target);
        try
        {
            await pair._alice.AskAsync("connect", new() { ["endpoint"] = target.Endpoint, ["name"] = "org/ns/alice" });
            await pair._bob.AskAsync("connect", new() { ["endpoint"] = target.Endpoint, ["name"] = "org/ns/bob" });
            var listening = pair._alice.AskAsync("listen");
            var kind = new Dictionary<string, object> { ["peer"] = "org/ns/alice" };
            if (isReliable)
                kind["maxRetries"] = 10;
            pair._ofBob = SessionOf(await pair._bob.AskAsync("open", kind));
            pair._ofAlice = SessionOf(await listening);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>Alice sends back whatever comes from now on.</summary>
    public Task EchoAsync() => _alice.AskAsync("echo", new() { ["session"] = _ofAlice });

    /// <summary>One request after the other, each answered before the next.</summary>
    /// <returns>The milliseconds of each.</returns>
    public async Task<double[]> RoundTripsAsync(int count, int size)
    {
        var answer = await _bob.AskAsync("roundTrips", new() { ["session"] = _ofBob, ["count"] = count, ["size"] = size });
        return answer.GetProperty("milliseconds").Deserialize<double[]>()!;
    }

    /// <summary>Bob sends for a while, as fast as the client lets him; Alice counts.</summary>
    public async Task<Stream> StreamAsync(int size, TimeSpan time)
    {
        var before = Target.Processor;
        var counting = _alice.AskAsync("count", new() { ["session"] = _ofAlice, ["quiet"] = 3000 });
        var sent = await _bob.AskAsync("stream", new() { ["session"] = _ofBob, ["size"] = size, ["time"] = time.TotalMilliseconds });
        var counted = await counting;
        var received = counted.GetProperty("received").GetInt32();
        return new Stream(sent.GetProperty("sent").GetInt32(), received, 1000 * received / counted.GetProperty("milliseconds").GetDouble(), (Target.Processor - before) / received);
    }

    public async ValueTask DisposeAsync()
    {
        await _bob.DisposeAsync();
        await _alice.DisposeAsync();
    }

    private static int SessionOf(JsonElement answer) => answer.GetProperty("session").GetInt32();
}

/// <summary>What a stream of messages showed.</summary>
/// <param name="Rate">Received a second.</param>
/// <param name="Processor">Microseconds of the target's processor time a message.</param>
internal sealed record Stream(int Sent, int Received, double Rate, double Processor);
