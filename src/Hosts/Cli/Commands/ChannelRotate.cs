using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Gives the agent new keys in a channel.</summary>
internal sealed class ChannelRotate : CliCommand
{
    public ChannelRotate()
        : base(
            "rotate", "Give the agent that acts new keys in a channel: what was stolen of it before opens nothing that is sent afterwards.",
            "skytale channel rotate acme/demo/hello --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        await channel.UpdateKeysAsync(cancellationToken);
        Output.Show(new { Channel = channel.Name.ToString(), channel.Epoch }, ("epoch", $"{channel.Epoch}"));
    }
}
