using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>How an agent stands in a channel, as the command line says it.</summary>
internal static class Standings
{
    public static string Name(ChannelStanding standing) => standing.ToString().ToLowerInvariant();
}
