using System.Diagnostics;
using System.Globalization;
using Skytale.Benchmarks.Quic;
using Skytale.Benchmarks.Soak;

// scripts/bench soak [--minutes 10]: load on one process that is client and server; 0 when it stayed flat, 1 when it grew.
var at = Array.IndexOf(args, "--minutes");
var time = TimeSpan.FromMinutes(at < 0 ? 10 : double.Parse(args[at + 1], CultureInfo.InvariantCulture));
var pause = TimeSpan.FromSeconds(Math.Clamp(time.TotalSeconds / 60, 1, 10));

using var meter = new TransportMeter();
var samples = new List<Sample>();
var clock = Stopwatch.StartNew();
long operations;
await using (var loopback = await Loopback.StartAsync())
{
    using var stop = new CancellationTokenSource();
    var load = new Load(loopback, stop.Token);
    var running = load.RunAsync();
    Console.WriteLine(Sample.Header);
    while (clock.Elapsed < time && !running.IsCompleted)
    {
        await Task.WhenAny(running, Task.Delay(pause));
        samples.Add(Sample.Take(clock.Elapsed, meter, load.Operations));
        Console.WriteLine(samples[^1]);
    }
    await stop.CancelAsync();
    await running; // With the reason, when something failed on the way.
    operations = load.Operations;
}

var left = Sample.Take(clock.Elapsed, meter, operations);
Console.WriteLine($"after the end: {left.Connections} connections, {left.Streams} streams, {left.SendQueue} bytes to send");
return Verdict.Of(samples, left, Console.Out) ? 0 : 1;
