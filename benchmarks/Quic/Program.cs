using System.Globalization;
using Skytale.Benchmarks.Quic;

// scripts/bench quic [--only NAME] [--json]: idle, stream, messages, round-trips; all of them without a name, in under three minutes.
// scripts/bench quic --hold 50000 [--json]: so many idle connections between two processes, for a minute.
const int Runs = 5;
const int Connections = 500;
const long Bytes = 1_000_000_000;
const int Messages = 5_000_000;
var time = TimeSpan.FromSeconds(3);

if (args is [HeldConnections.ServerCommand])
{
    await HeldConnections.ServeAsync();
    return;
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var only = Option("--only");
bool Wanted(string name) => only is null || only == name;

var figures = new List<Figure>();
if (Option("--hold") is { } held)
{
    figures.AddRange(await HeldConnections.MeasureAsync(int.Parse(held, CultureInfo.InvariantCulture)));
}
else
{
    // First, and once: later the memory that earlier connections gave back would be taken again, and cost nothing.
    if (Wanted("idle"))
    {
        await using var idle = await Loopback.StartAsync();
        figures.Add(await Figure.MedianAsync("idle connection, one end", "kB", 1, () => IdleConnections.KilobytesAsync(idle, 2000)));
    }

    await using var loopback = await Loopback.StartAsync();
    await OneWay.QuicAsync(loopback, Bytes / 10); // Compiled and warm.
    await OneWay.TlsAsync(Bytes / 10);
    if (Wanted("stream"))
    {
        // Turn by turn: what the neighbours do meets both.
        figures.AddRange(await Figure.MediansAsync(Runs, "MB/s",
            ("one stream, one way, QUIC", () => OneWay.QuicAsync(loopback, Bytes)),
            ("one stream, one way, SslStream over TCP", () => OneWay.TlsAsync(Bytes))));
        figures.Add(new Figure("QUIC to TCP", figures[^2].Value / figures[^1].Value, "ratio"));
    }
    if (Wanted("messages"))
        figures.Add(await Figure.MedianAsync("200-byte messages, one connection", "1/s", Runs, () => Exchanges.MessagesAsync(loopback, Messages)));
    if (Wanted("round-trips"))
        figures.Add(await Figure.MedianAsync($"64-byte round trips, {Connections} connections in total", "1/s", Runs, () => Exchanges.RoundTripsAsync(loopback, Connections, time)));
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
