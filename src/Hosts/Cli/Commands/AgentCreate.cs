using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Makes an agent on this machine.</summary>
internal sealed class AgentCreate : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Its name in your account: lower-case letters, digits, '-', '_', '.'" };

    public AgentCreate()
        : base(
            "create", "Make an agent: its identity key never leaves this machine. A repeat after a failure goes on where that ended.",
            "skytale agent create alice")
        => Arguments.Add(_name);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var agent = await NewAgent.CreateAsync(parsed, account, parsed.GetValue(_name)!, cancellationToken);
        Output.Show(new { agent.Name, agent.AgentId, agent.AccountId }, agent.AgentId);
    });
}
