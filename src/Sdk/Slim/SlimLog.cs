using Microsoft.Extensions.Logging;

namespace Skytale.Sdk.Slim;

/// <summary>What the log says of SLIM sessions: names and reasons, never a token, a key or content.</summary>
internal static partial class SlimLog
{
    [LoggerMessage(1, LogLevel.Debug, "Session {Session}: a message of {From} is dropped: {Reason}")]
    public static partial void Dropped(ILogger logger, uint session, string from, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Session {Session}: {What} failed: {Reason}")]
    public static partial void Failed(ILogger logger, uint session, string what, string reason);

    [LoggerMessage(3, LogLevel.Information, "Session {Session} has ended: {Reason}")]
    public static partial void Ended(ILogger logger, uint session, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The invitation of {From} to session {Session} is not answered: {Reason}")]
    public static partial void NotJoined(ILogger logger, uint session, string from, string reason);

    [LoggerMessage(5, LogLevel.Information, "The SLIM link was lost and is opened again: {Reason}")]
    public static partial void LinkLost(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "{Name} could not be subscribed again: {Reason}")]
    public static partial void NotSubscribed(ILogger logger, string name, string reason);
}
