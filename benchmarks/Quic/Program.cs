using Skytale.Benchmarks.Quic;

const int Runs = 5;
const int Connections = 500;
const long Bytes = 1_000_000_000;
const int Messages = 5_000_000;
var time = TimeSpan.FromSeconds(5);

var figures = new List<Figure>();
// First, and once: later the memory that earlier connections gave back would be taken again, and cost nothing.
await using (var loopback = await Loopback.StartAsync())
    figures.Add(await Figure.MedianAsync("idle connection, one end", "kB", 1, () => IdleConnections.KilobytesAsync(loopback, 2000)));
await using (var loopback = await Loopback.StartAsync())
{
    await OneWay.QuicAsync(loopback, Bytes / 10); // Compiled and warm.
    await OneWay.TlsAsync(Bytes / 10);
    figures.Add(await Figure.MedianAsync("one stream, one way, QUIC", "MB/s", Runs, () => OneWay.QuicAsync(loopback, Bytes)));
    figures.Add(await Figure.MedianAsync("one stream, one way, SslStream over TCP", "MB/s", Runs, () => OneWay.TlsAsync(Bytes)));
    figures.Add(new Figure("QUIC to TCP", figures[^2].Value / figures[^1].Value, "ratio"));
    figures.Add(await Figure.MedianAsync("200-byte messages, one connection", "1/s", Runs, () => Exchanges.MessagesAsync(loopback, Messages)));
    figures.Add(await Figure.MedianAsync($"64-byte round trips, {Connections} connections in total", "1/s", Runs, () => Exchanges.RoundTripsAsync(loopback, Connections, time)));
}
Report.WriteTable(Console.Out, figures);
if (args.Contains("--json"))
    Report.WriteJson(Console.Out, figures);
