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
        Output.Line($"agent      {session.Name} {session.Agent.Id}");
        Output.Line($"relay      {connection.Relay} at {connection.EndPoint}");
        Output.Line($"transport  {connection.Transport.InWords()}");
        Output.Line($"channels   {session.Agent.Channels.Count}");
    }
}
