using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Takes the agent that acts out of a channel, by its own will.</summary>
internal sealed class ChannelLeave : CliCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Option<TimeSpan?> _wait = Duration.Option("--wait", "How long to wait for another member to carry it out [default: 20s]");

    public ChannelLeave()
        : base(
            "leave", "Leave a channel: the agent sends nothing more at once, and is out when another member that is connected has carried it out.",
            "skytale channel leave acme/demo/hello --agent bob",
            "skytale channel leave acme/demo/hello --agent bob --yes --wait 5m")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(Shared.Agent);
        Options.Add(_wait);
        Options.Add(Ask.Yes);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = Home.Of(parsed).ChannelName(parsed.GetValue(Shared.Channel)!);
        await Ask.ConfirmAsync(parsed, $"Leave {name}? Only a member can add the agent again.", cancellationToken);
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = session.Agent.FindChannel(name.ToString()) ?? await session.ChannelAsync(parsed, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(parsed.GetValue(_wait) ?? Patience);
        try
        {
            await channel.LeaveAsync(patience.Token);
        }
        catch (OperationCanceledException) when (channel.Standing == ChannelStanding.Leaving)
        {
            Output.Remark($"{session.Name} has asked to leave {name}: it is out as soon as another member is connected, and sends nothing until then.");
            cancellationToken.ThrowIfCancellationRequested();
        }
        var state = Standings.Name(channel.Standing);
        Output.Show(new { Channel = name.ToString(), State = state }, ("state", state));
    }
}
