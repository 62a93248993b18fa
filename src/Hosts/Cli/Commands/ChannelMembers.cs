using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Who is in a channel, by the group's own tree and not by the server's word.</summary>
internal sealed class ChannelMembers : CliCommand
{
    public ChannelMembers()
        : base("members", "List the agents in a channel, and on standard error the safety number that its members compare.", "skytale channel members acme/demo/hello --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        var known = new KnownAgents(session.Home);
        Output.List(
            [.. channel.Members.Select(id => new { AgentId = id.ToString(), Role = Roles.Name(channel.RoleOf(id)), Name = known.FindName(id) })],
            ("id", member => member.AgentId),
            ("role", member => member.Role),
            ("agent of this machine", member => member.Name));
        Output.Remark($"Safety number: {channel.SafetyNumber}");
    }
}
