using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;
using Skytale.Relay.Tests.Kit;
using Skytale.Server;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>The relay as the server composes it: QUIC, the server's certificate, the API's tokens.</summary>
public sealed class RelayRoleTests
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    [InlineData("api,relay")]
    [InlineData("relay")]
    public async Task An_agent_of_the_servers_api_gets_into_its_relay_at_the_address_in_local_json(string roles)
    {
        using var folder = new TemporaryFolder();
        await using var home = await TestRelay.StartAsync();
        await using var transport = new Ngtcp2Transport();
        TestConnection connection;
        await using (var host = await ServerHost.BuildAsync(
            [$"--SKYTALE_HOME={folder.Path}", $"--Roles={roles}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0"], cancellationToken: TestContext.Current.CancellationToken))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
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

    [Fact(Timeout = Timeout)]
    public async Task A_refused_handshake_is_answered_over_quic_before_the_connection_closes()
    {
        await using var relay = await TestRelay.StartAsync(transport: new Ngtcp2Transport());
        await using var connection = await relay.DialAsync();
        await connection.SendAsync(relay.NewAgent().Hello("no token"));
        (await connection.ReadAsync<Refused>()).Code.ShouldBe(ErrorCode.InvalidToken);
        await connection.ClosedAsync(ErrorCode.InvalidToken);
    }
}
