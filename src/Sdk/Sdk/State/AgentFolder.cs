using Skytale.Protocol;

namespace Skytale.Sdk.State;

/// <summary>One agent's folder: <c>store.db</c> (SQLCipher), what <see cref="StoreKey"/> keeps beside it, <c>agent.json</c>.</summary>
internal sealed class AgentFolder
{
    private readonly string _path;

    /// <summary>The folder of a name, whether it is there or not.</summary>
    /// <exception cref="SkytaleException">No name of an agent; a path least of all.</exception>
    public AgentFolder(Home home, string name)
    {
        if (!ChannelName.IsPart(name))
            throw new SkytaleException(SkytaleError.InvalidArgument, $"'{name}' is no agent's name.", "A name has 1 to 64 lower-case letters, digits, '-', '_' and '.', a letter or digit first.");
        Name = name;
        _path = Path.Combine(home.AgentsPath, name);
    }

    public string Name { get; }

    public string StorePath => Path.Combine(_path, "store.db");

    public bool IsThere => File.Exists(DescriptionPath);

    private string DescriptionPath => Path.Combine(_path, "agent.json");

    public LocalAgent? Find() => IsThere ? HomeJson.Read(DescriptionPath, File.ReadAllBytes(DescriptionPath), HomeJson.Default.LocalAgent) : null;

    public void Write(LocalAgent agent) => OwnerFile.Write(DescriptionPath, HomeJson.Write(agent, HomeJson.Default.LocalAgent));

    /// <summary>Moves the folder of an agent that has ended out of the way of the next of its name; nothing of it is deleted.</summary>
    /// <returns>Where it is now.</returns>
    public string PutAside(LocalAgent ended)
    {
        var aside = Path.Combine(Path.GetDirectoryName(_path)!, ".ended", $"{Name}.{ended.AgentId[^12..]}");
        OwnerFile.CreateFolder(Path.GetDirectoryName(aside)!);
        Directory.Move(_path, aside);
        return aside;
    }

    /// <summary>An empty folder: what an interrupted creation left has no identity that anybody knows.</summary>
    public void StartOver()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
        OwnerFile.CreateFolder(_path);
    }

    /// <summary>Keeps others from making the same agent meanwhile; a file beside the folder, which comes and goes.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreInUse"/>.</exception>
    public IDisposable Lock() =>
        OwnerFile.TryLock(Path.Combine(Path.GetDirectoryName(_path)!, $".{Name}.lock"))
        ?? throw new SkytaleException(SkytaleError.StoreInUse, $"Another process makes the agent '{Name}' now.", "Wait for it, and try again.");
}
