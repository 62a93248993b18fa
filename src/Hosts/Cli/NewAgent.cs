using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>The making of an agent: identity key and encrypted store here, name and id in the account.</summary>
internal static class NewAgent
{
    /// <summary>Makes it, or goes on where an earlier try ended.</summary>
    /// <exception cref="CliException">There is one of this name here.</exception>
    public static async Task<LocalAgent> CreateAsync(ParseResult parsed, Account account, string name, CancellationToken cancellationToken)
    {
        var folder = AgentFolder.Named(account.Home, name);
        var agent = folder.Find();
        if (agent?.AccountId is not null)
            throw new CliException(ExitCode.Failed, $"There is an agent '{folder.Name}' here already.", "Choose another name.");

        if (agent is null)
        {
            var id = await SkytaleAgent.CreateStoreAsync(folder.StorePath, folder.StartOver(), cancellationToken);
            agent = new LocalAgent(folder.Name, id.ToString(), AccountId: null);
            folder.Write(agent);
        }
        var proof = await SkytaleAgent.SignRegistrationAsync(folder.StorePath, folder.ReadKey(), account.Id, agent.Name, cancellationToken);
        await RegisterAsync(account, agent, proof, cancellationToken);
        agent = agent with { AccountId = account.Id };
        folder.Write(agent);

        // The first connection leaves key packages at the relay, with which others can add the agent from now on.
        if (Settings.ApiKey.Of(parsed) is not null)
            await (await AgentSession.ConnectAsync(parsed, folder, cancellationToken)).DisposeAsync();
        else
            Output.Remark($"Before others can add it: skytale keys create, then any command with --agent {agent.Name}.");
        return agent;
    }

    private static async Task RegisterAsync(Account account, LocalAgent agent, byte[] proof, CancellationToken cancellationToken)
    {
        try
        {
            await account.Api.RegisterAgentAsync(account.Id, account.TokenOrKey, agent.Name, agent.Id, proof, cancellationToken);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.AgentKeyTaken or ErrorCode.AgentNameTaken)
        {
            // The program may have ended between an earlier registration and the note of it: then this very key is the account's.
            if (!await IsOursAsync(account, agent, cancellationToken))
                throw;
        }
    }

    private static async Task<bool> IsOursAsync(Account account, LocalAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            return await account.Api.ShowAgentAsync(account.Id, account.TokenOrKey, agent.AgentId, cancellationToken) is { RevokedAt: null } known && known.Name == agent.Name;
        }
        catch (SkytaleException unknown) when (unknown.Refusal is ErrorCode.UnknownAgent or ErrorCode.NotFound)
        {
            return false;
        }
    }
}
