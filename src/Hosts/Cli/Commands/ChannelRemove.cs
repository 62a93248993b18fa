using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Removes an agent from a channel.</summary>
internal sealed class ChannelRemove : CliCommand
{
    public ChannelRemove()
        : base(
            "remove", "Remove an agent from a channel: it can read nothing that is sent afterwards.",
            "skytale channel remove acme/demo/hello bob --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Arguments.Add(Shared.Member);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var member = KnownAgents.Parse(Home.Of(parsed), parsed.GetValue(Shared.Member)!);
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        await channel.RemoveMemberAsync(member, cancellationToken);
        Output.Show(new { Channel = channel.Name.ToString(), AgentId = member.ToString(), Members = channel.Members.Count }, ("members", $"{channel.Members.Count}"));
    }
}
