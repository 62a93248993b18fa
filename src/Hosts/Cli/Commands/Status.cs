using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Protocol.Transport;

namespace Skytale.Cli.Commands;

/// <summary>Connects and says how.</summary>
internal sealed class Status : CliCommand
{
    public Status()
        : base(
            "status", "Connect to the relay and say which one it is, over which transport, and in how many channels the agent is.",
            "skytale status --agent alice",
            "skytale status --agent alice --transport tls")
        => Options.Add(Shared.Agent);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var connection = session.Agent.Connection ?? throw new CliException(ExitCode.Server, "The connection to the relay was lost again at once.", "Try again.");
        var (transport, channels) = (connection.Transport.InWords(), session.Agent.Channels.Count);
        Output.Show(
            new { session.Name, AgentId = session.Agent.Id.ToString(), connection.Relay, EndPoint = connection.EndPoint.ToString(), Transport = transport, Channels = channels },
            ("agent", $"{session.Name} {session.Agent.Id}"),
            ("relay", $"{connection.Relay} at {connection.EndPoint}"),
            ("transport", transport),
            ("channels", $"{channels}"));
    }
}
