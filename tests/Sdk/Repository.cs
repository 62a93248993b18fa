using System.Reflection;

namespace Skytale.Tests.Sdk;

/// <summary>The files of this build's repository.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
