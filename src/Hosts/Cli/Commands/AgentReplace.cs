using System.CommandLine;
using Skytale.Cli.Completion;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>
/// Puts a new agent in the place of one whose key is lost or stolen: the old one is revoked first, then the agents of this
/// machine that share a channel with it remove it there and add the new one.
/// </summary>
internal sealed class AgentReplace : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The agent's name in the account", CompletionSources = { Completions.LocalAgents } };

    public AgentReplace()
        : base(
            "replace", "End an agent, make a new one of the same name here, and swap them in the channels that other agents of this machine are in.",
            "skytale agent replace alice")
    {
        Arguments.Add(_name);
        Options.Add(Ask.Yes);
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var name = parsed.GetValue(_name)!;
        var old = await account.Api.ShowAgentAsync(account.Id, account.Token, name, cancellationToken);
        var folder = new AgentFolder(account.Home, name);
        var local = folder.Find();
        if (local is not null && local.AgentId != old.AgentId)
            throw new CliException(ExitCode.Failed, $"The agent '{name}' of this machine is another than the account's.", $"To end the account's: skytale agent revoke {old.AgentId}");
        await Ask.ConfirmAsync(parsed, $"End {name} ({old.AgentId}) and make a new agent in its place?", cancellationToken);
        await account.Api.RevokeAgentAsync(account.Id, account.Token, old.AgentId, cancellationToken);
        if (local is not null)
            folder.PutAside(local);

        var replacement = await NewAgent.CreateAsync(parsed, account, name, cancellationToken);
        var swaps = await ChannelSwap.EverywhereAsync(parsed, account.Home, KnownAgents.Parse(account.Home, old.AgentId), replacement, cancellationToken);
        Output.Show(
            new { replacement.Name, replacement.AgentId, ReplacedAgentId = old.AgentId, Channels = swaps },
            [("name", replacement.Name), ("id", replacement.AgentId), ("instead of", old.AgentId), .. swaps.Select(swap => ("channel", (string?)swap.ToString()))]);
        Output.Remark($"In channels that no other agent of this machine is in, a member runs: skytale channel remove CHANNEL {old.AgentId}; skytale channel add CHANNEL {replacement.AgentId}");
    });
}
