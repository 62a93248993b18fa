using Microsoft.Data.Sqlite;
using Skytale.Protocol;

namespace Skytale.SqlCipher;

/// <summary>
/// The one write that every message costs: a prepared statement, committed without waiting for the disk. In a write-ahead
/// log a crash of the process loses nothing of that, one of the machine perhaps the last of it, in order; the next write
/// that waits covers what came before. Used under the store's lock.
/// </summary>
internal sealed class ProgressWriter : IDisposable
{
    private readonly SqliteCommand _write;
    private readonly SqliteCommand _setFull;
    private readonly SqliteCommand _setNormal;
    private bool _isFull = true;

    public ProgressWriter(SqliteConnection connection)
    {
        _write = connection.CreateCommand();
        _write.CommandText = "UPDATE progress SET acknowledged = max(acknowledged, $acknowledged), shown = max(shown, $shown) WHERE channel_id = $channel";
        _write.Parameters.Add("$channel", SqliteType.Blob);
        _write.Parameters.Add("$acknowledged", SqliteType.Integer);
        _write.Parameters.Add("$shown", SqliteType.Integer);
        (_setFull, _setNormal) = (connection.CreateCommand(), connection.CreateCommand());
        (_setFull.CommandText, _setNormal.CommandText) = ("PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL");
    }

    public void Write(ChannelId channel, Sequence acknowledged, Sequence shown)
    {
        if (_isFull)
            _setNormal.ExecuteNonQuery();
        _isFull = false;
        _write.Parameters[0].Value = channel.Bytes.ToArray();
        _write.Parameters[1].Value = (long)acknowledged.Value;
        _write.Parameters[2].Value = (long)shown.Value;
        _write.ExecuteNonQuery();
    }

    /// <summary>The next write waits for the disk.</summary>
    public void Sync()
    {
        if (!_isFull)
            _setFull.ExecuteNonQuery();
        _isFull = true;
    }

    public void Dispose()
    {
        _write.Dispose();
        _setFull.Dispose();
        _setNormal.Dispose();
    }
}
