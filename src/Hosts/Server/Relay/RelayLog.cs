using System.Security.Cryptography;
using System.Text;
using Skytale.Protocol;

namespace Skytale.Server.Relay;

/// <summary>What the relay logs: codes and rules, no payload, agents as short hashes.</summary>
internal static partial class RelayLog
{
    /// <summary>How an agent is told from others in the log: 12 hex digits of its id's SHA-256; a dash before it has proved who it is.</summary>
    public static string Tag(AgentId? agent) =>
        agent is { } known ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(known.ToString())).AsSpan(0, 6)) : "-";

    [LoggerMessage(LogLevel.Debug, "Agent {Agent} is connected over {Transport}")]
    public static partial void Connected(this ILogger log, string agent, string transport);

    [LoggerMessage(LogLevel.Warning, "Connection of agent {Agent} over {Transport} closed: {Code}: {Detail}")]
    public static partial void ConnectionClosed(this ILogger log, string agent, string transport, string code, string detail);

    [LoggerMessage(LogLevel.Warning, "A SLIM link over {Peer} was refused: {Code}: {Detail}")]
    public static partial void LinkRefused(this ILogger log, string peer, string code, string detail);

    [LoggerMessage(LogLevel.Warning, "SLIM link of {Agent} over {Peer} closed: {Code}: {Detail}")]
    public static partial void LinkClosed(this ILogger log, string agent, string peer, string code, string detail);

    [LoggerMessage(LogLevel.Warning, "{Count} more connections were turned away before they had proved whose they are")]
    public static partial void MoreRefused(this ILogger log, int count);

    [LoggerMessage(LogLevel.Error, "A request of agent {Agent} failed: {Frame}")]
    public static partial void RequestFailed(this ILogger log, string agent, string frame, Exception exception);

    [LoggerMessage(LogLevel.Error, "A connection of agent {Agent} failed")]
    public static partial void ConnectionFailed(this ILogger log, string agent, Exception exception);

    [LoggerMessage(LogLevel.Error, "The channel log refuses its upkeep")]
    public static partial void UpkeepFailed(this ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The list of revoked keys cannot be read")]
    public static partial void RevocationsUnread(this ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The other servers cannot be told of this one")]
    public static partial void NodeUnheard(this ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Information, "An administrator has this server drained")]
    public static partial void DrainOrdered(this ILogger log);

    [LoggerMessage(LogLevel.Critical, "The relay accepts no more connections")]
    public static partial void AcceptingFailed(this ILogger log, Exception exception);
}
