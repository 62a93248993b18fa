using System.Net;
using System.Net.Sockets;

namespace Skytale.Tests.EndToEnd;

/// <summary>QUIC where it gets through, TLS on TCP where it does not, and what is forced and refused.</summary>
[Trait("Category", "Slow")]
public sealed class TransportTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task QUIC_is_used_unless_TLS_is_asked_for()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        foreach (var (options, transport) in new (string[], string)[] { ([], "QUIC"), (["--transport", "quic"], "QUIC"), (["--transport", "tls"], "TLS on TCP") })
        {
            var status = await user.RunAsync(["status", .. options]);
            status.ShouldBeDone();
            status.Output.ShouldContain($"transport  {transport}", status.ToString());
            status.Errors.ShouldBeEmpty(status.ToString());
        }
        (await user.RunAsync("status", "--transport", "tcp")).ShouldFail(2, "tcp");
    }

    [Fact(Timeout = 180_000)]
    public async Task Agents_whose_network_swallows_UDP_talk_over_TLS()
    {
        await using var tcpOnly = new ServerProcess();
        await tcpOnly.InitializeAsync("--Relay:Transports=tls");
        using var silence = Silence(await tcpOnly.RelayPortAsync());
        await using var user = await User.WithAgentsAsync(tcpOnly, "alice", "bob");
        var channel = await user.CreateChannelAsync("blocked", "alice", "bob");

        var sent = await user.RunAsync("send", channel, "Hello through TCP", "--agent", "alice");
        sent.ShouldBeDone();
        sent.Errors.ShouldHaveSingleItem(sent.ToString()).ShouldContain("over TLS on TCP");
        var heard = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "1", "--transport", "tls");
        heard.ShouldBeDone();
        heard.Output.ShouldHaveSingleItem().ShouldEndWith(" alice Hello through TCP");
        silence.Available.ShouldBeGreaterThan(0, "QUIC was tried");

        (await user.RunAsync("status", "--agent", "bob", "--transport", "quic")).ShouldFail(3, "did not answer", "TCP");
    }

    [Fact(Timeout = 180_000)]
    public async Task An_agent_and_its_relay_go_on_after_a_kill_over_TLS()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("mixed", "alice", "bob");
        var bob = user.Start("chat", channel, "--agent", "bob", "--transport", "tls");
        await bob.WaitForErrorAsync(line => line.StartsWith("bob is on ", StringComparison.Ordinal));
        (await user.RunAsync("send", channel, "from QUIC", "--agent", "alice", "--transport", "quic")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith(" alice from QUIC", StringComparison.Ordinal));

        await bob.KillAsync();
        (await user.RunAsync("send", channel, "meanwhile", "--agent", "alice")).ShouldBeDone();
        // What was shown last may come again first: the kill can be ahead of its acknowledgement.
        var back = user.Start("listen", channel, "--agent", "bob", "--transport", "tls");
        await back.WaitForOutputAsync(line => line.EndsWith(" alice meanwhile", StringComparison.Ordinal));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_relay_with_another_certificate_is_refused_and_not_tried_over_TCP()
    {
        await using var relay = new ServerProcess();
        await relay.InitializeAsync("--Relay:Transports=quic");
        var port = await relay.RelayPortAsync();
        using var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
        tcp.Listen();
        // An API server of its own, which names that relay with its own certificate.
        await using var api = new ServerProcess();
        await api.InitializeAsync("--Roles=api", $"--Relay:Listen=127.0.0.1:{port}");
        await using var user = new User();
        await user.SignUpAsync(api);
        (await user.RunAsync("keys", "create")).ShouldBeDone();

        (await user.RunAsync("agent", "create", "alice")).ShouldFail(3, "Over QUIC", "certificate");

        tcp.Poll(TimeSpan.Zero, SelectMode.SelectRead).ShouldBeFalse("nobody came over TCP");
    }

    /// <summary>A socket that takes datagrams and never answers, as a firewall that drops them.</summary>
    private static Socket Silence(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
