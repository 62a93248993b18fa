using System.Net.Sockets;
using Npgsql;
using Skytale.Application.Ports;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>Npgsql's exceptions as the port's: the one switch.</summary>
internal static class PostgresFailure
{
    /// <summary>Null for what is no failure of the database.</summary>
    internal static ChannelLogException? Translate(Exception exception) => exception switch
    {
        ChannelLogException known => known,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } e =>
            new ChannelLogException(ChannelLogError.Conflict, $"Another writer came between: {e.MessageText}", e),
        NpgsqlException or IOException or SocketException or TimeoutException =>
            new ChannelLogException(ChannelLogError.Unavailable, $"Postgres does not take or give anything now: {exception.Message}", exception),
        InvalidDataException or Mls.MlsException => new ChannelLogException(ChannelLogError.Corrupt, $"The channel log in Postgres cannot be read: {exception.Message}", exception),
        _ => null,
    };
}
