using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>The channels of the agent that acts, each as it is now.</summary>
internal sealed class ChannelList : CliCommand
{
    public ChannelList()
        : base("list", "List the channels that the agent is in, or has unread messages of.", "skytale channel list --agent alice", "skytale channel list --agent alice --json") =>
        Options.Add(Shared.Agent);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        await Task.WhenAll(session.Agent.Channels.Select(channel => CatchUpAsync(channel, cancellationToken)));
        Output.List(
            [.. session.Agent.Channels.OrderBy(channel => channel.Name.ToString(), StringComparer.Ordinal).Select(channel => Row.Of(channel, session.Agent))],
            ("channel", row => row.Channel),
            ("role", row => row.Role),
            ("members", row => $"{row.Members}"),
            ("epoch", row => $"{row.Epoch}"),
            ("state", row => row.State));
    }

    private static async Task CatchUpAsync(SkytaleChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await channel.CatchUpAsync(cancellationToken);
        }
        catch (SkytaleException)
        {
            // It has ended for this agent: its row says how.
        }
    }

    private sealed record Row(string Channel, string ChannelId, string Role, int Members, ulong Epoch, string State)
    {
        public static Row Of(SkytaleChannel channel, SkytaleAgent agent) => new(
            channel.Name.ToString(), channel.Id.ToString(), Roles.Name(channel.RoleOf(agent.Id)), channel.Members.Count, channel.Epoch, Standings.Name(channel.Standing));
    }
}
