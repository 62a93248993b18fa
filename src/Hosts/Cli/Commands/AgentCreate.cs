using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Cli.Commands;

/// <summary>Makes an agent: identity key and encrypted store here, name and id in the account.</summary>
internal sealed class AgentCreate : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Its name in your account: lower-case letters, digits, '-', '_', '.'" };

    public AgentCreate()
        : base(
            "create", "Make an agent: its identity key never leaves this machine. A repeat after a failure goes on where that ended.",
            "skytale agent create alice")
        => Arguments.Add(_name);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var account = home.Credentials;
        var folder = AgentFolder.Named(home, parsed.GetValue(_name)!);
        var agent = folder.Find();
        if (agent?.AccountId is not null)
            throw new CliException(ExitCode.Failed, $"There is an agent '{folder.Name}' here already.", "Choose another name.");

        if (agent is null)
        {
            var id = await SkytaleAgent.CreateStoreAsync(folder.StorePath, folder.StartOver(), cancellationToken);
            agent = new LocalAgent(folder.Name, id.ToString(), AccountId: null);
            folder.Write(agent);
        }
        var proof = await SkytaleAgent.SignRegistrationAsync(folder.StorePath, folder.ReadKey(), account.AccountId, agent.Name, cancellationToken);
        using var api = home.ServerOf(account).Connect();
        await RegisterAsync(api, account, agent, proof, cancellationToken);
        folder.Write(agent with { AccountId = account.AccountId });

        // The first connection leaves key packages at the relay, with which others can add the agent from now on.
        if (account.ApiKey is not null)
            await (await AgentSession.ConnectAsync(home, folder, Shared.TransportOf(parsed), cancellationToken)).DisposeAsync();
        else
            Output.Remark($"Before others can add it: skytale keys create, then any command with --agent {agent.Name}.");
        Output.Line(agent.AgentId);
    }

    private static async Task RegisterAsync(SkytaleApiClient api, Credentials account, LocalAgent agent, byte[] proof, CancellationToken cancellationToken)
    {
        try
        {
            await api.RegisterAgentAsync(account.AccountId, account.ApiKey ?? account.AccountToken, agent.Name, agent.Id, proof, cancellationToken);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.AgentKeyTaken or ErrorCode.AgentNameTaken && account.ApiKey is not null)
        {
            // The answer to an earlier try may have been lost: only its own account gets a token for this very key.
            try
            {
                await api.CreateTokenAsync(account.ApiKey, agent.AgentId, cancellationToken);
            }
            catch (SkytaleException unknown) when (unknown.Refusal is ErrorCode.UnknownAgent)
            {
                throw refused;
            }
        }
    }
}
