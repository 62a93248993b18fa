using System.Reflection;

namespace Skytale.LivePeers.Tests.Peers;

/// <summary>What scripts/install-peers installed.</summary>
internal static class Installation
{
    /// <summary>The folder whose node_modules has ts-mls.</summary>
    public static string TsMls { get; } = Path.Combine(
        typeof(Installation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Peers").Value!, "ts-mls");

    /// <summary>Why the tests cannot run here; null when they can.</summary>
    public static string? Reason { get; } = FindReason();

    private static string? FindReason()
    {
        if (!File.Exists(Path.Combine(TsMls, "installed")))
            return "ts-mls is not installed: scripts/install-peers";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, "node"))) ? null : "node is not installed: scripts/install-peers";
    }
}
