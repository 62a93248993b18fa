using System.CommandLine;
using Skytale.Cli.Completion;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Ends an agent: needed no more, or its key is lost or stolen.</summary>
internal sealed class AgentRevoke : CliCommand
{
    private readonly Argument<string> _agent = new("agent") { Description = "Its name in the account, or its did:key", CompletionSources = { Completions.LocalAgents } };

    public AgentRevoke()
        : base(
            "revoke", "End an agent for ever: it is disconnected within seconds, and its name is free. Its folder, if it is here, is put aside.",
            "skytale agent revoke alice",
            "skytale agent revoke did:key:z6Mk…")
        => Arguments.Add(_agent);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var agent = await account.Api.ShowAgentAsync(account.Id, account.Token, parsed.GetValue(_agent)!, cancellationToken);
        await account.Api.RevokeAgentAsync(account.Id, account.Token, agent.AgentId, cancellationToken);
        var aside = account.Home.Agents.FirstOrDefault(folder => folder.Read().AgentId == agent.AgentId) is { } folder ? folder.PutAside(folder.Read()) : null;
        Output.Show(new { agent.Name, agent.AgentId, Revoked = true, PutAside = aside }, ("revoked", agent.Name), ("id", agent.AgentId), ("folder now", aside));
        Output.Remark("Members still count it in its channels. Remove it: skytale channel remove CHANNEL " + agent.AgentId);
    });
}
