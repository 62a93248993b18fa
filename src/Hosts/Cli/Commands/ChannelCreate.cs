using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Makes a channel with the acting agent as its first member.</summary>
internal sealed class ChannelCreate : CliCommand
{
    public ChannelCreate()
        : base(
            "create", "Make a channel; the agent is its first member.",
            "skytale channel create acme/demo/hello --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.Agent.CreateChannelAsync(session.Home.ChannelName(parsed.GetValue(Shared.Channel)!), cancellationToken);
        Output.Show(
            new { Channel = channel.Name.ToString(), ChannelId = channel.Id.ToString() },
            ("channel", channel.Name.ToString()),
            ("id", channel.Id.ToString()));
    }
}
