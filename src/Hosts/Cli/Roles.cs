using Skytale.Groups.Roles;

namespace Skytale.Cli;

/// <summary>Roles as the command line says them.</summary>
internal static class Roles
{
    public static string Name(ChannelRole role) => role.ToString().ToLowerInvariant();
}
