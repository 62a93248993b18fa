using System.CommandLine;
using System.Runtime.Versioning;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Sdk;

namespace Skytale.Cli.Doctor;

/// <summary>The folder of this user: may others read what is secret in it, and can its settings be read?</summary>
internal static class HomeCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static Finding Permissions(Home home)
    {
        if (!Directory.Exists(home.FolderPath))
            return Finding.Doubtful("home", $"{home.FolderPath} is not there yet", "Run: skytale signup");
        if (OperatingSystem.IsWindows())
            return Finding.Good("home", $"{home.FolderPath}, whose permissions are the system's");
        var open = Secrets(home).Where(IsOpen).ToList();
        if (open.Count > 0)
            return Finding.Bad("home", $"others may read {string.Join(", ", open)}", $"Run: chmod go= {string.Join(' ', open)}");
        return IsOpen(home.FolderPath)
            ? Finding.Doubtful("home", $"others may look into {home.FolderPath}, though not at what is secret", $"Run: chmod go= {home.FolderPath}")
            : Finding.Good("home", $"{home.FolderPath} is its owner's alone");
    }

    public static Finding Files(ParseResult parsed)
    {
        try
        {
            var said = Settings.All.Where(setting => setting.Of(parsed) is not null).Select(setting => setting.Option.Name[2..]).ToList();
            Settings.TransportOf(parsed);
            return Finding.Good("settings", said.Count == 0 ? "all by default" : $"set: {string.Join(", ", said)}");
        }
        catch (Exception wrong) when (wrong is CliException or SkytaleException)
        {
            return Finding.Of("settings", Failures.Describe(wrong)!);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string path) => (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    private static IEnumerable<string> Secrets(Home home)
    {
        foreach (var path in new[] { home.CredentialsPath, home.AdminPath }.Where(File.Exists))
            yield return path;
        if (!Directory.Exists(home.AgentsPath))
            yield break;
        foreach (var path in Directory.EnumerateFiles(home.AgentsPath, "store.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            yield return path;
    }
}
