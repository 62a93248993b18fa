using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Skytale.Cli.Commands;
using Skytale.Cli.Commands.Admin;
using Skytale.Cli.Configuration;
using Skytale.Cli.Terminal;

namespace Skytale.Cli;

/// <summary>The commands, and the edge where every failure becomes a line and an exit code.</summary>
internal static class CommandLine
{
    // Ctrl+C cancels; a command that has not closed its store and connection by then is ended.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        Output.HeedNoColor();
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        try
        {
            return parsed.Action is ParseErrorAction
                ? throw WrongUsage(parsed)
                : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (Exception exception) when (Failures.Describe(exception) is { } failure)
        {
            Output.Fail(failure);
            return failure.ExitCode;
        }
    }

    private static CliException WrongUsage(ParseResult parsed)
    {
        Output.Json = Settings.JsonOf(parsed);
        var command = string.Join(' ', parsed.CommandResult.Parents().Reverse().Append(parsed.CommandResult.Command.Name));
        return new CliException(ExitCode.Usage, parsed.Errors[0].Message, $"See '{command} --help'.");
    }

    /// <summary>The tree of commands.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("End-to-end-encrypted channels between agents. Only the members of a channel can read it; the server sees ciphertext.")
        {
            new SignUp(),
            new LogIn(),
            new LogOut(),
            new Command("account", "The account of this home.") { new AccountShow(), new AccountPassword(), new AccountClose() },
            new Command("orgs", "Organisations of the account: the first parts of its channels' names.") { new OrgsList(), new OrgsCreate() },
            new Command("keys", "API keys of the account, with which agents get their tokens.") { new KeysCreate(), new KeysList(), new KeysRevoke() },
            new Command("agent", "Agents: an identity key and an encrypted store each, on this machine.") { new AgentCreate(), new AgentList(), new AgentShow(), new AgentRevoke(), new AgentReplace() },
            new TokenCreate(),
            new Command("channel", "Channels and who is in them.") { new ChannelCreate(), new ChannelList(), new ChannelInvite(), new ChannelInvitations(), new ChannelUninvite(), new ChannelAdd(), new ChannelRemove(), new ChannelMembers(), new ChannelRoleSet(), new ChannelPermit(), new ChannelRotate(), new ChannelLeave(), new ChannelLog() },
            new Join(),
            new Status(),
            new DoctorCommand(),
            new Send(),
            new Listen(),
            new Chat(),
            new Bench(),
            new Commands.Mcp(),
            AdminCommands.Tree(),
            new CompletionPrint(),
            new Complete(),
        };
        foreach (var option in new Option[] { Shared.Home, Shared.Server, Shared.Certificate, Shared.ApiKeyFile, Shared.Transport, Shared.StoreKey, Shared.Json })
            root.Options.Add(option);
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
