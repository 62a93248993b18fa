namespace Skytale.Architecture.Tests.Projects;

/// <summary>
/// Which project may reference which: the arrows, all of which point down. A project that is not listed may not exist
/// under src; a listed one that does not exist yet is simply absent. Hosts compose whatever they like but one another.
/// </summary>
internal static class Arrows
{
    private const string Hosts = "src/Hosts/";

    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["Skytale.Mls"] = [],
        ["Skytale.Protocol"] = [],
        ["Skytale.Audit"] = [],
        ["Skytale.Groups"] = ["Skytale.Mls", "Skytale.Protocol"],
        ["Skytale.Accounts"] = ["Skytale.Protocol"],
        ["Skytale.Channels"] = ["Skytale.Accounts", "Skytale.Groups"],
        ["Skytale.Names"] = ["Skytale.Accounts", "Skytale.Protocol"],

        ["Skytale.Application"] = ["Skytale.Audit", "Skytale.Channels", "Skytale.Names", "Skytale.Accounts"],

        ["Skytale.Sqlite"] = [],
        ["Skytale.Persistence"] = ["Skytale.Application", "Skytale.Sqlite"],
        ["Skytale.ChannelLogs"] = ["Skytale.Application", "Skytale.Sqlite"],
        ["Skytale.Cluster"] = ["Skytale.Application"],
        ["Skytale.Security"] = ["Skytale.Application"],
        ["Skytale.Transport"] = ["Skytale.Protocol"],
        ["Skytale.MsQuic"] = ["Skytale.Protocol", "Skytale.Transport"],
        ["Skytale.Quic"] = ["Skytale.Protocol", "Skytale.Transport", "Skytale.MsQuic"],
        ["Skytale.Tcp"] = ["Skytale.Protocol", "Skytale.Transport"],
        ["Skytale.RelayLink"] = ["Skytale.Protocol"],
        ["Skytale.SlimWire"] = ["Skytale.Protocol"],
        ["Skytale.Slim"] = ["Skytale.SlimWire", "Skytale.RelayLink"],

        ["Skytale.Agent"] = ["Skytale.Groups", "Skytale.RelayLink"],
        ["Skytale.SqlCipher"] = ["Skytale.Agent", "Skytale.Sqlite"],
        ["Skytale.Sdk"] = ["Skytale.Agent", "Skytale.Quic", "Skytale.Tcp", "Skytale.Transport", "Skytale.SqlCipher"],
        ["Skytale.Extensions.AI"] = ["Skytale.Agent"],
        ["Skytale.Testing"] = ["Skytale.Sdk"],
        ["Skytale.Sdk.Slim"] = ["Skytale.Agent", "Skytale.SlimWire"],
    };

    /// <summary>Every reference that the table does not allow, as a line each.</summary>
    public static IEnumerable<string> Broken(IReadOnlyDictionary<string, Project> projects)
    {
        foreach (var project in projects.Values)
        {
            if (project.Folder.StartsWith(Hosts, StringComparison.Ordinal))
            {
                foreach (var host in project.References.Where(reference => projects[reference].Folder.StartsWith(Hosts, StringComparison.Ordinal)))
                    yield return $"{project.Name} -> {host}: a host may not reference another host";
                continue;
            }
            if (!Table.TryGetValue(project.Name, out var allowed))
            {
                yield return $"{project.Name}: not in the table of arrows";
                continue;
            }
            foreach (var reference in project.References.Except(allowed))
                yield return $"{project.Name} -> {reference}: no such arrow";
        }
    }
}
