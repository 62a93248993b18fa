using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Groups.Roles;

namespace Skytale.Cli.Commands;

/// <summary>Shows, or changes, which role it takes to add and to remove.</summary>
internal sealed class ChannelPermit : CliCommand
{
    private readonly Option<ChannelRole?> _add = new("--add") { Description = "The role that it takes to add and invite agents, at least", HelpName = "ROLE" };
    private readonly Option<ChannelRole?> _remove = new("--remove") { Description = "The role that it takes to remove agents of the same role or a lower one", HelpName = "ROLE" };

    public ChannelPermit()
        : base(
            "permissions", "Show which role it takes to add and to remove agents, or change it; to change it takes an owner.",
            "skytale channel permissions acme/demo/hello",
            "skytale channel permissions acme/demo/hello --add admin --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(_add);
        Options.Add(_remove);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        var (add, remove) = (parsed.GetValue(_add), parsed.GetValue(_remove));
        if (add is not null || remove is not null)
            await channel.SetPermissionsAsync(new ChannelPermissions(add ?? channel.Permissions.Add, remove ?? channel.Permissions.Remove), cancellationToken);
        var now = (Add: Roles.Name(channel.Permissions.Add), Remove: Roles.Name(channel.Permissions.Remove));
        Output.Show(new { Channel = channel.Name.ToString(), now.Add, now.Remove }, ("add", now.Add), ("remove", now.Remove));
    }
}
