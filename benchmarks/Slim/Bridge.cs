using System.Diagnostics;
using Skytale.Protocol.Envelopes;
using Skytale.Quic;

namespace Skytale.Benchmarks.Slim;

/// <summary>What the way over the proxy costs: one way from an application through proxy and relay to a native agent, beside one way between two of those.</summary>
internal static class Bridge
{
    private const int Runs = 5;
    private const int Count = 2_000;
    private const int Size = 1024;

    public static async Task<IEnumerable<Figure>> MeasureAsync()
    {
        await using var relay = await RelayProcess.StartAsync(LogKind.Embedded, isSlim: true);
        await using var transport = QuicTransport.Create();
        await using var receiver = await Native.ConnectAsync(transport, relay, "receiver");
        await using var native = await Native.ConnectAsync(transport, relay, "native");
        await using var application = await Application.ConnectAsync(relay.SlimEndpoint);
        var envelope = Native.Say(native.Name, receiver.Name, Size);
        Task<double> OverTheProxyAsync() => MedianAsync(() => application.PublishAsync(envelope), receiver);
        Task<double> DirectlyAsync() => MedianAsync(() => native.PublishAsync(envelope).AsTask(), receiver);

        await OverTheProxyAsync(); // Compiled and warm.
        await DirectlyAsync();
        var runs = new List<(double Bridged, double Direct)>();
        for (var run = 1; run <= Runs; run++)
        {
            await Console.Error.WriteLineAsync($"bridge, run {run} of {Runs} …");
            runs.Add((await OverTheProxyAsync(), await DirectlyAsync()));
        }
        return
        [
            Figure.Of("one way, application → proxy → relay → native agent, p50", "ms", "", runs.Select(run => run.Bridged)),
            Figure.Of("one way, native agent → relay → native agent, p50", "ms", "", runs.Select(run => run.Direct)),
            Figure.Of("added by the bridge, p50", "ms", "< 1", runs.Select(run => run.Bridged - run.Direct)),
        ];
    }

    /// <summary>Each message is sent when the one before was received.</summary>
    private static async Task<double> MedianAsync(Func<Task> send, Native receiver)
    {
        var milliseconds = new List<double>(Count);
        for (var i = 0; i < Count; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await send();
            await receiver.ReceiveAsync();
            milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return milliseconds.Order().ElementAt(Count / 2);
    }
}
