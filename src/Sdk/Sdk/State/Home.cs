namespace Skytale.Sdk.State;

/// <summary>
/// The folder that everything of this user lives in: <c>local.json</c> (by the server of this machine),
/// <c>config.json</c> (by hand), <c>credentials.json</c> (by the command line), and <c>agents/NAME/</c>.
/// </summary>
internal sealed class Home(string path)
{
    public static string DefaultPath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".skytale");

    public string FolderPath { get; } = Path.GetFullPath(path);

    public string CredentialsPath => Path.Combine(FolderPath, "credentials.json");

    public string AgentsPath => Path.Combine(FolderPath, "agents");

    /// <summary>The settings of this home; of none where there is no such file.</summary>
    public ConfigFile Config
    {
        get
        {
            var file = Path.Combine(FolderPath, "config.json");
            return File.Exists(file) ? HomeJson.Read(file, File.ReadAllBytes(file), HomeJson.Default.ConfigFile) : new ConfigFile();
        }
    }

    /// <summary>The server of this machine, as it described itself.</summary>
    public ServerLocation? LocalServer
    {
        get
        {
            var file = Path.Combine(FolderPath, "local.json");
            return File.Exists(file) ? HomeJson.Read(file, File.ReadAllBytes(file), HomeJson.Default.ServerLocation) : null;
        }
    }

    public Credentials? FindCredentials() =>
        OwnerFile.ReadSecret(CredentialsPath, SkytaleError.NotAuthenticated) is { } content ? HomeJson.Read(CredentialsPath, content, HomeJson.Default.Credentials) : null;

    public void Write(Credentials credentials) => OwnerFile.Write(CredentialsPath, HomeJson.Write(credentials, HomeJson.Default.Credentials));

    /// <summary>
    /// Where a server is now that is remembered with a credential. A server of this machine that shows its certificate is that
    /// server, on whatever port it listens since its last start.
    /// </summary>
    public ServerLocation Now(ServerLocation remembered) =>
        remembered.CertificateSha256 is not null && LocalServer is { } local && local.CertificateSha256 == remembered.CertificateSha256 ? local : remembered;

    /// <summary>The agents of this machine by name.</summary>
    public IReadOnlyList<AgentFolder> Agents =>
        !Directory.Exists(AgentsPath)
            ? []
            : [.. Directory.EnumerateDirectories(AgentsPath).Select(path => Path.GetFileName(path)).Where(Protocol.ChannelName.IsPart)
                .Order(StringComparer.Ordinal).Select(name => new AgentFolder(this, name)).Where(folder => folder.IsThere)];
}
