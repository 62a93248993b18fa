using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Security.Tokens;
using Skytale.Server;
using Skytale.Server.Relay;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>The relay as the server composes it: QUIC, the server's certificate, the API's tokens.</summary>
public sealed class RelayRoleTests
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    [InlineData("api,relay", TransportKind.Quic)]
    [InlineData("relay", TransportKind.Quic)]
    [InlineData("relay", TransportKind.Tls)]
    public async Task An_agent_of_the_servers_api_gets_into_its_relay_at_the_address_in_local_json(string roles, TransportKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var home = await TestRelay.StartAsync();
        await using var transport = RelayTransport.Create([kind]);
        TestConnection connection;
        await using (var host = await ServerHost.BuildAsync(
            [$"--SKYTALE_HOME={folder.Path}", $"--Roles={roles}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0"], cancellationToken: TestContext.Current.CancellationToken))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            // As an API server on the same database does, also while the relay runs.
            await host.Services.GetRequiredService<TokenSigner>().KeepAsync([], TestContext.Current.CancellationToken);
            var local = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("local.json"), TestContext.Current.CancellationToken))!;
            (local["api_url"] is not null).ShouldBe(roles.Contains("api"));
            connection = new TestConnection(await transport.ConnectAsync(
                new TransportConnectOptions
                {
                    RemoteEndPoint = IPEndPoint.Parse($"{local["relay"]!["host"]}:{local["relay"]!["port"]}"),
                    ServerName = "localhost",
                    PinnedCertificateHash = Convert.FromHexString(local["certificate_sha256"]!.GetValue<string>()),
                },
                TestContext.Current.CancellationToken));
            var agent = home.NewAgent();
            var hello = agent.Hello(agent.Token(host.Services.GetRequiredService<ITokenIssuer>()));
            await connection.SendAsync(hello);
            await connection.SendAsync(agent.Prove(hello, await connection.ReadAsync<Challenge>(), connection.Transport));
            (await connection.ReadAsync<Ready>()).ShouldBe(new Ready("localhost", FrameCodec.MaxFrameSize));
        }
        // The server is gone, and has said so.
        await connection.ClosedAsync(ErrorCode.Unavailable);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(TransportKind.Quic)]
    [InlineData(TransportKind.Tls)]
    public async Task A_refused_handshake_is_answered_before_the_connection_closes_and_the_log_says_over_what(TransportKind kind)
    {
        await using var relay = await TestRelay.StartAsync(transport: RelayTransport.Create([kind]));
        await using var connection = await relay.DialAsync();
        await connection.SendAsync(relay.NewAgent().Hello("no token"));
        (await connection.ReadAsync<Refused>()).Code.ShouldBe(ErrorCode.InvalidToken);
        await connection.ClosedAsync(ErrorCode.InvalidToken);
        relay.Log.Lines.ShouldContain(line => line.Contains($"over {kind.InWords()} closed: invalid_token", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_relay_of_both_kinds_counts_its_agents_by_kind()
    {
        var counted = new ConcurrentDictionary<string, int>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, heard) => { if (instrument.Name == "skytale.relay.connections") heard.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => counted.AddOrUpdate((string)tags[0].Value!, value > 0 ? 1 : 0, (_, before) => before + (value > 0 ? 1 : 0)));
        listener.Start();
        await using var relay = await TestRelay.StartAsync(transport: RelayTransport.Create([TransportKind.Quic, TransportKind.Tls]));
        await using ITransport tls = RelayTransport.Create([TransportKind.Tls]);

        await relay.ConnectAgentAsync();
        await relay.NewAgent().ConnectAsync(over: tls);

        // Other tests' relays are heard too: never less than this one's.
        counted.GetValueOrDefault("quic").ShouldBeGreaterThanOrEqualTo(1);
        counted.GetValueOrDefault("tls").ShouldBeGreaterThanOrEqualTo(1);
    }
}
