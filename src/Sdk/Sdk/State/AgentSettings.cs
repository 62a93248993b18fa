namespace Skytale.Sdk.State;

/// <summary>What is said of an agent: by the application's options, else by the environment, else by a file of the home.</summary>
/// <param name="options">The application's.</param>
/// <param name="variable">The environment; an empty variable says nothing.</param>
internal sealed class AgentSettings(SkytaleAgentOptions options, Func<string, string?> variable)
{
    private readonly Home _home = new(options.Home ?? Said(variable, "SKYTALE_HOME") ?? Home.DefaultPath);

    /// <exception cref="SkytaleException">A word that is no place for it, or nobody says whose it is.</exception>
    public StoreKey StoreKey => options.StoreKey ?? ((Said(variable, "SKYTALE_STORE_KEY") ?? _home.Config.StoreKey) is { } word ? StoreKey.Of(word, Folder.Name) : StoreKey.FromFile());

    public string? ApiKey => options.ApiKey ?? Said(variable, "SKYTALE_API_KEY") ?? _home.FindCredentials()?.ApiKey;

    /// <exception cref="SkytaleException">Nobody says which agent.</exception>
    public AgentFolder Folder => new(
        _home,
        options.Name ?? Said(variable, "SKYTALE_AGENT") ?? _home.Config.Agent
        ?? throw new SkytaleException(SkytaleError.InvalidArgument, "Nobody says which agent connects.", "Set SkytaleAgentOptions.Name or SKYTALE_AGENT."));

    /// <exception cref="SkytaleException">A word that is no transport's.</exception>
    public TransportChoice Transport => options.TransportChoice ?? TransportChoices.Parse(Said(variable, "SKYTALE_TRANSPORT") ?? _home.Config.Transport);

    /// <summary>Where the key's tokens come from.</summary>
    public ServerLocation Server(string apiKey)
    {
        var url = options.Server?.OriginalString ?? Said(variable, "SKYTALE_SERVER") ?? _home.Config.Server;
        var certificate = options.Certificate ?? Said(variable, "SKYTALE_CERTIFICATE") ?? _home.Config.Certificate;
        return new ServerChoice(_home, ServerChoice.Named(url, certificate)).OfKey(apiKey);
    }

    private static string? Said(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } said ? said : null;
}
