using System.Reflection;

namespace Skytale.LivePeers.Tests.Peers;

/// <summary>What scripts/install-peers installed.</summary>
internal static class Installation
{
    private static readonly string s_peers =
        typeof(Installation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Peers").Value!;

    /// <summary>The folder whose node_modules has ts-mls.</summary>
    public static string TsMls { get; } = Path.Combine(s_peers, "ts-mls");

    /// <summary>Why the tests against ts-mls cannot run here; null when they can.</summary>
    public static string? Reason { get; } = FindReason("ts-mls");

    /// <summary>The folder whose node_modules has SLIM's client.</summary>
    public static string Slim { get; } = Path.Combine(s_peers, "slim-bindings");

    /// <summary>Why the tests against SLIM's client cannot run here; null when they can.</summary>
    public static string? SlimReason { get; } = FindReason("slim-bindings");

    /// <summary>The program over quic-go.</summary>
    public static string QuicGo { get; } = Path.Combine(s_peers, "quic-go", "peer");

    /// <summary>Why the tests against quic-go cannot run here; null when they can.</summary>
    public static string? QuicGoReason { get; } =
        File.Exists(Path.Combine(s_peers, "quic-go", "installed")) ? null : "quic-go is not installed: scripts/install-peers";

    private static string? FindReason(string peer)
    {
        if (!File.Exists(Path.Combine(s_peers, peer, "installed")))
            return $"{peer} is not installed: scripts/install-peers";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, "node"))) ? null : "node is not installed: scripts/install-peers";
    }
}
