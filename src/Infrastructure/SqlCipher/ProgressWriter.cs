using Skytale.Protocol;
using Skytale.Sqlite;

namespace Skytale.SqlCipher;

/// <summary>
/// The one write that every message costs, committed without waiting for the disk. In a write-ahead
/// log a crash of the process loses nothing of that, one of the machine perhaps the last of it, in order; the next write
/// that waits covers what came before. Used under the store's lock.
/// </summary>
internal sealed class ProgressWriter(Statements statements)
{
    private readonly Dictionary<ChannelId, long> _rows = [];
    private bool _isFull = true;

    public void Write(ChannelId channel, Sequence acknowledged, Sequence shown)
    {
        if (_isFull)
            statements.For("PRAGMA synchronous = NORMAL").Run();
        _isFull = false;
        if (RowOf(channel) is not { } row)
            return; // A channel that was left.
        var write = statements.For("UPDATE progress SET acknowledged = max(acknowledged, $acknowledged), shown = max(shown, $shown) WHERE row = $row");
        write.Bind("$acknowledged", (long)acknowledged.Value);
        write.Bind("$shown", (long)shown.Value);
        write.Bind("$row", row);
        write.Run();
    }

    /// <summary>The next write waits for the disk.</summary>
    public void Sync()
    {
        if (!_isFull)
            statements.For("PRAGMA synchronous = FULL").Run();
        _isFull = true;
    }

    /// <summary>A channel came or went: another may have its row.</summary>
    public void Forget() => _rows.Clear();

    private long? RowOf(ChannelId channel)
    {
        if (_rows.TryGetValue(channel, out var row))
            return row;
        var find = statements.For("SELECT row FROM progress WHERE channel_id = $channel");
        find.Bind("$channel", channel.Bytes.Span);
        if (find.Run() is not { } found)
            return null;
        return _rows[channel] = found;
    }
}
