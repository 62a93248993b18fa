using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk.Api;

namespace Skytale.Cli.Commands;

/// <summary>The agents of this machine, or of the account.</summary>
internal sealed class AgentList : CliCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "All of the account, those of other machines and revoked ones too: asks the server" };

    public AgentList()
        : base("list", "List the agents of this machine, or all of the account.", "skytale agent list", "skytale agent list --all --json") => Options.Add(_all);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var here = Home.Of(parsed).Agents.Select(folder => folder.Read()).ToDictionary(agent => agent.AgentId, StringComparer.Ordinal);
        var rows = parsed.GetValue(_all)
            ? await Account.CallAsync(parsed, account => AllAsync(account, here, cancellationToken))
            : [.. here.Values.Select(agent => new Row(agent.Name, agent.AgentId, agent.AccountId, Here: true, CreatedAt: null, RevokedAt: null))];
        Output.List(
            rows,
            ("agent", row => row.Name),
            ("id", row => row.AgentId),
            ("here", row => row.Here ? "here" : null),
            ("revoked", row => row.RevokedAt is { } at ? $"revoked {Output.At(at)}" : null));
    }

    private static async Task<List<Row>> AllAsync(Account account, Dictionary<string, LocalAgent> here, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await foreach (RegisteredAgent agent in account.Api.ListAgentsAsync(account.Id, account.TokenOrKey, cancellationToken))
            rows.Add(new Row(agent.Name, agent.AgentId, agent.AccountId, here.ContainsKey(agent.AgentId), agent.CreatedAt, agent.RevokedAt));
        return rows;
    }

    private sealed record Row(string Name, string AgentId, string? AccountId, bool Here, DateTimeOffset? CreatedAt, DateTimeOffset? RevokedAt);
}
