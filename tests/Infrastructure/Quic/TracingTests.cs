using System.Text.Json;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>qlog and the key log, for developers and behind switches.</summary>
public sealed class TracingTests : IDisposable
{
    private const int Patience = 60_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("skytale-trace-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(Timeout = Patience)]
    public async Task Each_side_of_a_connection_leaves_a_trace_in_json()
    {
        await TransferAsync(new Ngtcp2TransportSettings { QlogDirectory = Path.Combine(_directory, "made") });

        var files = Directory.GetFiles(Path.Combine(_directory, "made"), "*.sqlog").Order(StringComparer.Ordinal).ToArray();
        files.Length.ShouldBe(2);
        files[0].ShouldEndWith("_client.sqlog");
        files[1].ShouldEndWith("_server.sqlog");
        foreach (var file in files)
        {
            // RFC 7464: each record starts with RS. The transport has ended, so that the last one is whole too.
            var records = (await File.ReadAllTextAsync(file, Cancel)).Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
            var names = new List<string>();
            foreach (var record in records)
            {
                using var json = JsonDocument.Parse(record);
                if (json.RootElement.TryGetProperty("name", out var name))
                    names.Add(name.GetString()!);
            }
            names.ShouldContain("transport:packet_sent");
            names.ShouldContain("transport:packet_received");
        }
    }

    [Fact(Timeout = Patience)]
    public async Task The_key_log_has_each_secret_of_both_sides_for_its_owner_only()
    {
        var path = Path.Combine(_directory, "keys");
        await TransferAsync(new Ngtcp2TransportSettings { KeyLog = new KeyLog(path) });

        var lines = (await File.ReadAllLinesAsync(path, Cancel)).Select(line => line.Split(' ')).ToArray();
        foreach (var label in new[] { "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0" })
        {
            var own = lines.Where(line => line[0] == label).ToArray();
            own.Length.ShouldBe(2, label); // The client's line and the server's.
            own[0].ShouldBe(own[1], label); // They agree on it.
            own[0][1].Length.ShouldBe(64);
            own[0][2].Length.ShouldBeOneOf(64, 96);
        }
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_log_that_cannot_be_written_fails_the_handshake()
    {
        var settings = new Ngtcp2TransportSettings { KeyLog = new KeyLog(Path.Combine(_directory, "nowhere", "keys")) };

        await using var server = new Ngtcp2Transport();
        await using var listener = await server.ListenAsync(TransportPair.Listen(), Cancel);
        await using var client = new Ngtcp2Transport(settings);
        await Should.ThrowAsync<TransportException>(() => client.ConnectAsync(TransportPair.ConnectTo(listener.LocalEndPoint), Cancel));
    }

    [Fact(Timeout = Patience)]
    public async Task A_trace_that_cannot_be_written_costs_nothing_else()
    {
        var directory = Path.Combine(_directory, "gone");
        await using var transport = new Ngtcp2Transport(new Ngtcp2TransportSettings { QlogDirectory = directory });
        Directory.Delete(directory);

        await using var pair = await TransportPair.CreateAsync(transport, Cancel);

        pair.Client.Closed.IsCompleted.ShouldBeFalse();
        Directory.Exists(directory).ShouldBeFalse();
    }

    [Fact]
    public void The_switches_are_the_environments_and_off_when_it_says_nothing()
    {
        var on = Ngtcp2TransportSettings.FromEnvironment(name => $"/{name}");
        on.QlogDirectory.ShouldBe("/QLOGDIR");
        on.KeyLog.ShouldNotBeNull();

        var off = Ngtcp2TransportSettings.FromEnvironment(name => name == "QLOGDIR" ? "" : null);
        off.QlogDirectory.ShouldBeNull();
        off.KeyLog.ShouldBeNull();
    }

    private static async Task TransferAsync(Ngtcp2TransportSettings settings)
    {
        await using var transport = new Ngtcp2Transport(settings);
        await using var pair = await TransportPair.CreateAsync(transport, Cancel);
        var (client, server) = await pair.OpenAsync(Cancel);
        await client.WriteAsync("seen"u8.ToArray(), endStream: true, Cancel);
        (await server.ReadToEndAsync(Cancel)).ShouldBe("seen"u8.ToArray());
    }
}
