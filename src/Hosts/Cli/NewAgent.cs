using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>The making of an agent: identity key and encrypted store here, name and id in the account.</summary>
internal static class NewAgent
{
    /// <summary>Makes it, or goes on where an earlier try ended.</summary>
    /// <exception cref="CliException">There is one of this name here.</exception>
    public static async Task<LocalAgent> CreateAsync(ParseResult parsed, Account account, string name, CancellationToken cancellationToken)
    {
        var folder = new AgentFolder(account.Home, name);
        LocalAgent agent;
        using (folder.Lock())
        {
            if (folder.Find()?.AccountId is not null)
                throw new CliException(ExitCode.Failed, $"There is an agent '{folder.Name}' here already.", "Choose another name.");
            var registration = new Registration(account.Api, account.Id, account.TokenOrKey, account.Home.Credentials.Org);
            agent = await registration.CompleteAsync(folder, Settings.StoreKeyOf(parsed, folder.Name), cancellationToken);
        }

        // The first connection leaves key packages at the relay, with which others can add the agent from now on.
        if (Settings.ApiKey.Of(parsed) is not null)
            await (await AgentSession.ConnectAsync(parsed, folder, cancellationToken)).DisposeAsync();
        else
            Output.Remark($"Before others can add it: skytale keys create, then any command with --agent {agent.Name}.");
        return agent;
    }
}
