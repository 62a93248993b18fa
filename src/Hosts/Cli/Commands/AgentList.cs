using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The agents of this machine.</summary>
internal sealed class AgentList : CliCommand
{
    public AgentList()
        : base("list", "List the agents of this machine: name and id.", "skytale agent list")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Output.Table(["agent", "id"], [.. AgentFolder.All(Home.Of(parsed)).Select(folder => folder.Read()).Select(agent => new[] { agent.Name, agent.AgentId })]);
        return Task.CompletedTask;
    }
}
