using System.CommandLine;
using Skytale.Cli.Configuration;

namespace Skytale.Cli.Homes;

/// <summary>
/// The folder that everything of this user lives in: <c>local.json</c> (by the server of this machine),
/// <c>config.json</c> (by hand), <c>credentials.json</c>, and <c>agents/NAME/</c>.
/// </summary>
internal sealed class Home(string path)
{
    public static Home Of(ParseResult parsed)
    {
        var path = Settings.Home.Of(parsed) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".skytale");
        return new Home(Path.GetFullPath(path));
    }

    public string FolderPath => path;

    public string CredentialsPath => Path.Combine(path, "credentials.json");

    public string AgentsPath => Path.Combine(path, "agents");

    /// <summary>The settings of this home; of none where there is no such file.</summary>
    public ConfigFile Config
    {
        get
        {
            var file = Path.Combine(path, "config.json");
            return File.Exists(file) ? HomeJson.Read<ConfigFile>(file, File.ReadAllBytes(file)) : new ConfigFile();
        }
    }

    /// <summary>The server of this machine, as it described itself.</summary>
    public ServerLocation? LocalServer
    {
        get
        {
            var file = Path.Combine(path, "local.json");
            return File.Exists(file) ? HomeJson.Read<ServerLocation>(file, File.ReadAllBytes(file)) : null;
        }
    }

    public Credentials? FindCredentials() =>
        OwnerFile.ReadSecret(CredentialsPath, ExitCode.Failed) is { } content ? HomeJson.Read<Credentials>(CredentialsPath, content) : null;

    public Credentials Credentials =>
        FindCredentials() ?? throw new CliException(ExitCode.Failed, $"There is no account in {path}.", "Run: skytale signup --email YOU@EXAMPLE.ORG");

    public void Write(Credentials credentials) => OwnerFile.Write(CredentialsPath, HomeJson.Write(credentials));

    /// <summary>
    /// The account's server. A server of this machine that shows the account's certificate is that server, on whatever
    /// port it listens since its last start.
    /// </summary>
    public ServerLocation ServerOf(Credentials credentials) =>
        credentials.CertificateSha256 is not null && LocalServer is { } local && local.CertificateSha256 == credentials.CertificateSha256
            ? local
            : new ServerLocation(credentials.ApiUrl, credentials.CertificateSha256);

    /// <summary>The whole name of a channel: two parts get the account's org in front.</summary>
    public string ChannelName(string name) =>
        name.Count(c => c == '/') == 1 && FindCredentials()?.Org is { } org ? $"{org}/{name}" : name;
}
