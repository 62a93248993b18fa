using System.CommandLine;

namespace Skytale.Cli.Homes;

/// <summary>Which agent of a home is meant.</summary>
internal static class CliAgents
{
    extension(AgentFolder folder)
    {
        /// <summary>The agent that acts: the named one, or the only one.</summary>
        public static AgentFolder Acting(Home home, string? name)
        {
            if (name is not null)
            {
                var named = new AgentFolder(home, name);
                return named.IsThere ? named : throw new CliException(ExitCode.Store, $"There is no agent '{name}' here.", $"Run: skytale agent create {name}");
            }
            return home.Agents switch
            {
                [var only] => only,
                [] => throw new CliException(ExitCode.Store, "There is no agent here.", "Run: skytale agent create NAME"),
                var all => throw new CliException(ExitCode.Usage, $"Which agent? There are {string.Join(", ", all.Select(each => each.Name))}.", "Add: --agent NAME"),
            };
        }

        public LocalAgent Read() => folder.Find() ?? throw new CliException(ExitCode.Store, $"There is no agent '{folder.Name}' here.", $"Run: skytale agent create {folder.Name}");
    }
}
