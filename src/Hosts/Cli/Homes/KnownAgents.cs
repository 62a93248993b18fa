using Skytale.Protocol;

namespace Skytale.Cli.Homes;

/// <summary>Names for people: an agent of this machine by its name, every other by its did:key, which no service can forge.</summary>
internal sealed class KnownAgents(Home home)
{
    private readonly Dictionary<string, string> _names = home.Agents.Select(folder => folder.Read()).ToDictionary(agent => agent.AgentId, agent => agent.Name, StringComparer.Ordinal);

    public string? FindName(AgentId agent) => _names.GetValueOrDefault(agent.ToString());

    public string NameOf(AgentId agent) => FindName(agent) ?? agent.ToString();

    /// <summary>Reads a did:key or the name of an agent of this machine.</summary>
    public static AgentId Parse(Home home, string text)
    {
        if (AgentId.TryParse(text, out var id))
            return id;
        return ChannelName.IsPart(text) && new AgentFolder(home, text).Find() is { } agent
            ? agent.Id
            : throw new CliException(ExitCode.Usage, $"'{text}' is neither an agent's id nor an agent of this machine.", "Ask its owner for the did:key that 'skytale agent show' prints.");
    }
}
