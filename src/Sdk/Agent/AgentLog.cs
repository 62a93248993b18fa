using System.Net;
using Microsoft.Extensions.Logging;

namespace Skytale.Agent;

/// <summary>Everything that an agent logs: no content, no key.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(11, LogLevel.Information, "Connected to {Relay} at {Address} over {Transport}")]
    public static partial void Connected(ILogger logger, string relay, IPEndPoint address, string transport);

    [LoggerMessage(1, LogLevel.Information, "The connection to the relay ended: {Reason}")]
    public static partial void LinkLost(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Debug, "Repeating a request, attempt {Attempt} failed: {Reason}")]
    public static partial void Repeating(ILogger logger, int attempt, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Channel {Channel}: entry {Sequence} is passed over: {Reason}")]
    public static partial void Rejected(ILogger logger, string channel, ulong sequence, string reason);

    [LoggerMessage(4, LogLevel.Error, "Channel {Channel} cannot go on: {Reason}")]
    public static partial void Broken(ILogger logger, string channel, string reason);

    [LoggerMessage(5, LogLevel.Warning, "A Welcome to channel {Channel} is refused: {Reason}")]
    public static partial void WelcomeRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Key packages are not topped up: {Reason}")]
    public static partial void TopUpRefused(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Channel {Channel}: its creation is refused: {Reason}")]
    public static partial void CreationRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(9, LogLevel.Warning, "Channel {Channel}: a commit that was interrupted is refused: {Reason}")]
    public static partial void CommitRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(10, LogLevel.Error, "A Welcome to channel {Channel} cannot be stored: {Reason}")]
    public static partial void WelcomeNotStored(ILogger logger, string channel, string reason);

    [LoggerMessage(8, LogLevel.Error, "Channel {Channel}: receiving stopped until the next connection: {Reason}")]
    public static partial void ReceivingFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Channel {Channel}: {Count} messages up to {Through} were no longer at the relay")]
    public static partial void Missed(ILogger logger, string channel, ulong count, ulong through);

    [LoggerMessage(13, LogLevel.Warning, "The relay asks to come again later: {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);
}
