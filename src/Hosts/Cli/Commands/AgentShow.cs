using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>One agent of this machine, without opening its store.</summary>
internal sealed class AgentShow : CliCommand
{
    private readonly Argument<string?> _name = new("name") { Description = "The agent; may be left out when there is only one", Arity = ArgumentArity.ZeroOrOne };

    public AgentShow()
        : base(
            "show", "Show an agent's id, which others need to add it to their channels, and where its store is.",
            "skytale agent show alice")
        => Arguments.Add(_name);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = AgentFolder.Acting(Home.Of(parsed), parsed.GetValue(_name) ?? Settings.Agent.Of(parsed));
        var agent = folder.Read();
        Output.Show(
            new { agent.Name, agent.AgentId, agent.AccountId, folder.StorePath },
            ("name", agent.Name),
            ("id", agent.AgentId),
            ("account", agent.AccountId ?? "(not registered: run 'skytale agent create' again)"),
            ("store", folder.StorePath));
        return Task.CompletedTask;
    }
}
