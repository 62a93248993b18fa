using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Prints the messages of a channel as they come, those that came while the agent was away first.</summary>
internal sealed class Listen : CliCommand
{
    private readonly Option<int?> _count = WholeNumber.Option("--count", ["-n"], 1, "N", "End after that many messages [default: go on until Ctrl+C]");

    public Listen()
        : base(
            "listen", "Print the messages of a channel, a line each (sequence, sender, text); waits to be added to it if need be.",
            "skytale listen acme/demo/hello --agent bob",
            "skytale listen acme/demo/hello --agent bob --json --count 1 | jq -r .text")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(_count);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        try
        {
            var channel = await session.JoinAsync(parsed, cancellationToken);
            Output.Remark($"{session.Name} listens on {channel.Name}; Ctrl+C ends.");
            var printer = new MessagePrinter(session.Home);
            var left = parsed.GetValue(_count);
            await foreach (var message in channel.Messages.WithCancellation(cancellationToken))
            {
                using (message)
                {
                    printer.Print(message);
                    // Printed is delivered: the last one too, after which nobody moves on.
                    await message.AcknowledgeAsync(cancellationToken);
                }
                if (--left == 0)
                    return;
            }
            throw session.Removed(channel);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how a listener is told to end.
        }
    }
}
