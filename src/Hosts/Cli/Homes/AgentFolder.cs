using System.Security.Cryptography;
using Skytale.Protocol;

namespace Skytale.Cli.Homes;

/// <summary>One agent's folder: <c>store.db</c> (SQLCipher), <c>store.key</c> (32 random bytes, mode 0600), <c>agent.json</c>.</summary>
internal sealed class AgentFolder
{
    private const int KeySize = 32;
    private readonly string _path;

    private AgentFolder(Home home, string name)
    {
        Name = name;
        _path = Path.Combine(home.AgentsPath, name);
    }

    public string Name { get; }

    public string StorePath => Path.Combine(_path, "store.db");

    private string KeyPath => Path.Combine(_path, "store.key");

    private string DescriptionPath => Path.Combine(_path, "agent.json");

    /// <summary>The folder of a name, whether it is there or not.</summary>
    /// <exception cref="CliException">No name of an agent; a path least of all.</exception>
    public static AgentFolder Named(Home home, string name) =>
        ChannelName.IsPart(name)
            ? new AgentFolder(home, name)
            : throw new CliException(ExitCode.Usage, $"'{name}' is no agent's name.", "A name has 1 to 64 lower-case letters, digits, '-', '_' and '.', a letter or digit first.");

    /// <summary>The agents of this machine by name.</summary>
    public static IReadOnlyList<AgentFolder> All(Home home) =>
        !Directory.Exists(home.AgentsPath)
            ? []
            : [.. Directory.EnumerateDirectories(home.AgentsPath).Select(path => Path.GetFileName(path)).Where(ChannelName.IsPart)
                .Order(StringComparer.Ordinal).Select(name => new AgentFolder(home, name)).Where(folder => File.Exists(folder.DescriptionPath))];

    /// <summary>The agent that acts: the named one, or the only one.</summary>
    public static AgentFolder Acting(Home home, string? name)
    {
        var all = All(home);
        if (name is not null)
        {
            return all.FirstOrDefault(folder => folder.Name == Named(home, name).Name)
                ?? throw new CliException(ExitCode.Store, $"There is no agent '{name}' here.", $"Run: skytale agent create {name}");
        }
        return all switch
        {
            [var only] => only,
            [] => throw new CliException(ExitCode.Store, "There is no agent here.", "Run: skytale agent create NAME"),
            _ => throw new CliException(ExitCode.Usage, $"Which agent? There are {string.Join(", ", all.Select(folder => folder.Name))}.", "Add: --agent NAME"),
        };
    }

    public LocalAgent? Find() => File.Exists(DescriptionPath) ? HomeJson.Read<LocalAgent>(DescriptionPath, File.ReadAllBytes(DescriptionPath)) : null;

    public LocalAgent Read() => Find() ?? throw new CliException(ExitCode.Store, $"There is no agent '{Name}' here.", $"Run: skytale agent create {Name}");

    public void Write(LocalAgent agent) => OwnerFile.Write(DescriptionPath, HomeJson.Write(agent));

    /// <summary>The store's key.</summary>
    public byte[] ReadKey()
    {
        var key = OwnerFile.ReadSecret(KeyPath, ExitCode.Store);
        return key is { Length: KeySize }
            ? key
            : throw new CliException(ExitCode.Store, $"{KeyPath} is {(key is null ? "missing" : "damaged")}: the store cannot be opened without it.", "Restore it from a backup, or make a new agent.");
    }

    /// <summary>Moves the folder of an agent that has ended out of the way of the next of its name; nothing of it is deleted.</summary>
    /// <returns>Where it is now.</returns>
    public string PutAside(LocalAgent ended)
    {
        var aside = Path.Combine(Path.GetDirectoryName(_path)!, ".ended", $"{Name}.{ended.AgentId[^12..]}");
        OwnerFile.CreateFolder(Path.GetDirectoryName(aside)!);
        Directory.Move(_path, aside);
        return aside;
    }

    /// <summary>An empty folder with a new key: what an interrupted creation left has no identity that anybody knows.</summary>
    public byte[] StartOver()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
        OwnerFile.Write(KeyPath, RandomNumberGenerator.GetBytes(KeySize));
        return ReadKey();
    }
}
