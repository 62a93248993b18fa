using Microsoft.Extensions.Logging;
using Skytale.Slim.Grpc;

namespace Skytale.Slim;

/// <summary>What the proxy logs: links by a number of its own, codes and rules; no names, no identities, no payloads.</summary>
internal static partial class SlimLog
{
    [LoggerMessage(LogLevel.Debug, "SLIM link {Link} is open")]
    public static partial void LinkOpened(this ILogger log, long link);

    [LoggerMessage(LogLevel.Debug, "SLIM link {Link}: the application has left")]
    public static partial void LinkLeft(this ILogger log, long link);

    [LoggerMessage(LogLevel.Warning, "SLIM link {Link} ended: {Status}: {Reason}")]
    public static partial void LinkEnded(this ILogger log, long link, GrpcStatus status, string reason);

    [LoggerMessage(LogLevel.Error, "SLIM link {Link} failed")]
    public static partial void LinkFailed(this ILogger log, long link, Exception exception);

    [LoggerMessage(LogLevel.Warning, "SLIM link {Link}: a message was not taken, the link goes on: {Reason}")]
    public static partial void NotTaken(this ILogger log, long link, string reason);

    [LoggerMessage(LogLevel.Warning, "SLIM link {Link}: a name was refused: {Code}: {Detail}")]
    public static partial void NameRefused(this ILogger log, long link, string code, string detail);

    [LoggerMessage(LogLevel.Warning, "SLIM link {Link}: a message was not delivered: {Reason}")]
    public static partial void Undeliverable(this ILogger log, long link, string reason);

    [LoggerMessage(LogLevel.Information, "SLIM link {Link} has lost the relay and waits for it: {Reason}")]
    public static partial void RelayLost(this ILogger log, long link, string reason);
}
