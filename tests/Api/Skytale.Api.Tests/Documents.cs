namespace Skytale.Tests;

/// <summary>The repository's documents, which tests hold to what they say.</summary>
internal static class Documents
{
    /// <param name="name">Below <c>docs</c>.</param>
    public static string Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Skytale.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", name));
    }
}
