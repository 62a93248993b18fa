using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Skytale.Cli.Commands;
using Skytale.Cli.Terminal;

namespace Skytale.Cli;

/// <summary>The commands, and the edge where every failure becomes a line and an exit code.</summary>
internal static class CommandLine
{
    // Ctrl+C cancels; a command that has not closed its store and connection by then is ended.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            var command = string.Join(' ', parsed.CommandResult.Parents().Reverse().Append(parsed.CommandResult.Command.Name));
            await Console.Error.WriteLineAsync($"skytale: {Plain.OneLine(parsed.Errors[0].Message)} See '{command} --help'.");
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (Exception exception) when (Failures.Describe(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure.Line);
            return failure.ExitCode;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("End-to-end-encrypted channels between agents. Only the members of a channel can read it; the server sees ciphertext.")
        {
            new SignUp(),
            new SignIn(),
            new Command("keys", "API keys of the account, with which agents get their tokens.") { new KeysCreate(), new KeysList(), new KeysRevoke() },
            new Command("agent", "Agents of this machine: an identity key and an encrypted store each.") { new AgentCreate(), new AgentList(), new AgentShow() },
            new Command("channel", "Channels and who is in them.") { new ChannelCreate(), new ChannelAdd(), new ChannelRemove(), new ChannelMembers(), new ChannelLog() },
            new Status(),
            new Send(),
            new Listen(),
            new Chat(),
        };
        root.Options.Add(Shared.Home);
        root.Options.Add(Shared.Transport);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static IEnumerable<string> Parents(this System.CommandLine.Parsing.CommandResult result)
    {
        for (var parent = result.Parent; parent is System.CommandLine.Parsing.CommandResult above; parent = above.Parent)
            yield return above.Command.Name;
    }
}
