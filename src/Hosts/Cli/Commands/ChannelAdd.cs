using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Adds an agent to a channel.</summary>
internal sealed class ChannelAdd : CliCommand
{
    public ChannelAdd()
        : base(
            "add", "Add an agent to a channel: it can read what is sent from then on.",
            "skytale channel add acme/demo/hello bob --agent alice",
            "skytale channel add acme/demo/hello did:key:z6Mk… --agent alice")
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
        await channel.AddMemberAsync(member, cancellationToken);
        Output.Show(new { Channel = channel.Name.ToString(), AgentId = member.ToString(), Members = channel.Members.Count }, ("members", $"{channel.Members.Count}"));
    }
}
