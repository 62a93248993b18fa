namespace Skytale.Architecture.Tests.Projects;

/// <summary>Which packages may be referenced where.</summary>
internal static class PackageRules
{
    private const string Hosts = "src/Hosts/";

    /// <summary>A package's id begins with the first; the folders in which it may stand follow.</summary>
    private static readonly (string Prefix, string[] Folders)[] Table =
    [
        ("MediatR", ["src/Application", Hosts]),
        ("FluentValidation", ["src/Application"]),
        ("Microsoft.EntityFrameworkCore", ["src/Infrastructure/Persistence", "src/Infrastructure/ChannelLogs"]),
        ("Npgsql", ["src/Infrastructure/Persistence", "src/Infrastructure/ChannelLogs"]),
        ("Microsoft.AspNetCore", [Hosts, "src/Infrastructure/Slim"]),
    ];

    /// <summary>
    /// Packages of an application that uses us: an agent's program may use another MediatR, and nobody who wants MLS
    /// wants a web server.
    /// </summary>
    private static readonly string[] NeverInLibraries = ["MediatR", "FluentValidation", "Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.AspNetCore"];

    private static readonly string[] Libraries = ["Skytale.Mls", "Skytale.Protocol", "Skytale.Agent", "Skytale.Sdk", "Skytale.Sdk.Slim", "Skytale.Testing"];

    public static IEnumerable<string> Misplaced(IReadOnlyDictionary<string, Project> projects) =>
        from project in projects.Values
        from package in project.Packages
        from rule in Table
        where package.StartsWith(rule.Prefix, StringComparison.Ordinal) && !rule.Folders.Any(folder => IsIn(project.Folder, folder))
        select $"{project.Name}: {package}";

    public static IEnumerable<string> PulledInByLibraries(IReadOnlyDictionary<string, Project> projects) =>
        from library in Libraries
        where projects.ContainsKey(library)
        from project in projects[library].Closure(projects)
        from package in project.Packages
        where NeverInLibraries.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal))
        select $"{library} by {project.Name}: {package}";

    private static bool IsIn(string folder, string rule) => folder == rule.TrimEnd('/') || folder.StartsWith(rule.TrimEnd('/') + "/", StringComparison.Ordinal);
}
