using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Sends lines of standard input and prints what others send, in one process.</summary>
internal sealed class Chat : CliCommand
{
    private readonly Option<int?> _linger = WholeNumber.Option("--linger", [], 0, "SECONDS", "Go on printing for that long after standard input has ended [default: 0]");

    public Chat()
        : base(
            "chat", "Talk on a channel: lines that you type are sent, messages of others are printed; Ctrl+D or Ctrl+C ends.",
            "skytale chat acme/demo/hello --agent alice",
            "printf 'ping\\n' | skytale chat acme/demo/hello --agent alice --linger 10")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(_linger);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var channel = await session.JoinAsync(parsed, cancellationToken);
            Output.Remark($"{session.Name} is on {channel.Name}; Ctrl+D ends.");
            var receiving = ReceiveAsync(channel, new MessagePrinter(session.Home), end.Token);
            // A read of standard input cannot be cancelled: Ctrl+C leaves it behind.
            var sending = SendLinesAsync(channel, end.Token).WaitAsync(end.Token);
            await await Task.WhenAny(sending, receiving);
            if (receiving.IsCompleted)
                throw session.Removed(channel);
            end.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_linger) ?? 0));
            await Task.WhenAll(sending, receiving);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ctrl+C, or standard input has ended and nobody lingers any more.
        }
    }

    private static async Task SendLinesAsync(SkytaleChannel channel, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
                await channel.SendAsync(line, cancellationToken);
        }
    }

    private static async Task ReceiveAsync(SkytaleChannel channel, MessagePrinter printer, CancellationToken cancellationToken)
    {
        await foreach (var message in channel.Messages.WithCancellation(cancellationToken))
        {
            using (message)
            {
                printer.Print(message);
                await message.AcknowledgeAsync(cancellationToken);
            }
        }
    }
}
