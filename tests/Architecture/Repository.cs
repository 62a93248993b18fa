using System.Reflection;

namespace Skytale.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", ".git"];

    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    /// <summary>The path of a file or folder, given relative to the root.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    public static bool Exists(string path) => File.Exists(At(path)) || Directory.Exists(At(path));

    /// <summary>Files below a folder whose name matches the pattern, relative to the root, with forward slashes; build output left out.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var files = Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal)
            .ToList();
        files.ShouldNotBeEmpty($"{pattern} in {folder}: a rule about no file holds nothing");
        return files;
    }

    /// <summary>The assembly that a project of this repository was built into, in this build's configuration.</summary>
    public static string AssemblyOf(string project, string assemblyName)
    {
        var path = At($"artifacts/bin/{project}/{Metadata("Configuration")}/{assemblyName}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} was not built: {path}");
    }

    private static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
