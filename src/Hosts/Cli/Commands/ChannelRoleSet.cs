using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Groups.Roles;

namespace Skytale.Cli.Commands;

/// <summary>Gives a member of a channel another role.</summary>
internal sealed class ChannelRoleSet : CliCommand
{
    private readonly Argument<ChannelRole> _role = new("role") { Description = "owner, admin or member" };

    public ChannelRoleSet()
        : base("role", "Give an agent another role in a channel; the one that acts must be an owner.", "skytale channel role acme/demo/hello bob admin --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Arguments.Add(Shared.Member);
        Arguments.Add(_role);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var member = KnownAgents.Parse(Home.Of(parsed), parsed.GetValue(Shared.Member)!);
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        await channel.SetRoleAsync(member, parsed.GetValue(_role), cancellationToken);
        var role = Roles.Name(channel.RoleOf(member));
        Output.Show(new { Channel = channel.Name.ToString(), AgentId = member.ToString(), Role = role }, ("role", role));
    }
}
