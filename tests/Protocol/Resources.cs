namespace Skytale.Protocol.Tests;

/// <summary>Files that are built into this assembly.</summary>
internal static class Resources
{
    public static string[] Lines(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }
}
