using System.Diagnostics;
using System.Globalization;
using System.Net;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Benchmarks.Quic;

/// <summary>
/// Many idle connections with keep-alive on, the client in this process and the server in another, for longer than the idle
/// timeout: what each end then takes of memory and of processor time.
/// </summary>
internal static class HeldConnections
{
    internal const string ServerCommand = "hold-server";

    private const int HandshakesAtOnce = 32;
    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(60);

    /// <summary>The server's process: says its port and its certificate's hash; for each line of input, what it holds.</summary>
    internal static async Task ServeAsync()
    {
        await using var transport = new Ngtcp2Transport();
        await using var listener = await transport.ListenAsync(
            new TransportListenOptions { LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = Loopback.Certificate });
        Console.WriteLine($"{listener.LocalEndPoint.Port} {Loopback.CertificateHash}");
        var held = new List<ITransportConnection>();
        _ = AcceptAsync(listener, held);
        while (await Console.In.ReadLineAsync() is not null)
        {
            lock (held)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held.Count(c => !c.Closed.IsCompleted)} {IdleConnections.Resident()} {Environment.CpuUsage.TotalTime.TotalSeconds:0.00}"));
        }
    }

    internal static async Task<List<Figure>> MeasureAsync(int connections)
    {
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ServerCommand) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var where = (await server.StandardOutput.ReadLineAsync())!.Split(' ');
        var options = Loopback.ConnectTo(new IPEndPoint(IPAddress.Loopback, int.Parse(where[0], CultureInfo.InvariantCulture)), Convert.FromHexString(where[1])) with { HandshakeTimeout = s_held }; // What counts here is not how soon.
        await using var transport = new Ngtcp2Transport();
        var held = new ITransportConnection[connections];

        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, connections, new ParallelOptions { MaxDegreeOfParallelism = HandshakesAtOnce }, async (i, cancel) =>
        {
            held[i] = await transport.ConnectAsync(options, cancel);
            if (i % 5000 == 0)
                Console.Error.WriteLine($"{i} connections …");
        });
        var handshakes = connections / clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine($"{connections} connections; held for {s_held.TotalSeconds} s …");
        var before = (Client: Environment.CpuUsage.TotalTime.TotalSeconds, Server: (await AskAsync(server)).Cpu);
        await Task.Delay(s_held);

        var theirs = await AskAsync(server);
        var ours = (Alive: held.Count(c => !c.Closed.IsCompleted), Resident: IdleConnections.Resident(), Cpu: Environment.CpuUsage.TotalTime.TotalSeconds);
        server.StandardInput.Close(); // It ends, and with it the connections.
        await server.WaitForExitAsync();
        if (ours.Alive != connections || theirs.Alive != connections)
            throw new InvalidOperationException($"Of {connections} connections {ours.Alive} are alive at the client and {theirs.Alive} at the server.");
        return
        [
            new($"{connections} connections, handshakes", handshakes, "1/s"),
            new($"{connections} idle connections, server", theirs.Resident / 1e9, "GB"),
            new($"{connections} idle connections, client", ours.Resident / 1e9, "GB"),
            new($"{connections} idle connections, server's processor", (theirs.Cpu - before.Server) / s_held.TotalSeconds, "cores"),
            new($"{connections} idle connections, client's processor", (ours.Cpu - before.Client) / s_held.TotalSeconds, "cores"),
        ];
    }

    private static async Task AcceptAsync(ITransportListener listener, List<ITransportConnection> held)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync();
                lock (held)
                    held.Add(connection);
            }
        }
        catch (TransportException e) when (e.Error == TransportError.Closed)
        {
            // The listener was disposed.
        }
    }

    private static async Task<(int Alive, long Resident, double Cpu)> AskAsync(Process server)
    {
        await server.StandardInput.WriteLineAsync();
        var words = (await server.StandardOutput.ReadLineAsync())!.Split(' ');
        return (int.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
    }
}
