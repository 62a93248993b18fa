using RocksDbSharp;
using Skytale.Application.Ports;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>
/// The open database. After a failed write RocksDB takes no more, and gives what it has: once the disk takes something again it is
/// closed and opened anew, which finds what reached the disk. Readers and the writer share it; whoever opens it anew waits
/// until they are out.
/// </summary>
internal sealed class RocksStore : IDisposable
{
    private const int ProbeSize = 1 << 20;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly WriteOptions _durable = new WriteOptions().SetSync(true);
    private readonly WriteOptions _soon = new();
    private RocksDb? _database;
    private Exception? _failure;
    private long _failedAt;

    internal RocksStore(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        try
        {
            _database = Open();
        }
        catch (Exception e) when (e is RocksDbException or IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new ChannelLogException(ChannelLogError.Unavailable, $"The channel log in {folder} cannot be opened; another server may have it open: {e.Message}", e);
        }
    }

    /// <summary>Reads; any number at once.</summary>
    internal T Read<T>(Func<RocksDb, T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return read(_database ?? throw Unavailable());
        }
        catch (RocksDbException e)
        {
            throw new ChannelLogException(ChannelLogError.Unavailable, $"The channel log cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidDataException or Mls.MlsException or ArgumentException)
        {
            throw new ChannelLogException(ChannelLogError.Corrupt, $"The channel log in {_folder} is damaged or of a newer version: {e.Message}", e);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Writes, and waits for the disk where asked. The writer's thread only.</summary>
    internal void Write(WriteBatch batch, bool durably)
    {
        _gate.EnterReadLock();
        try
        {
            (_database ?? throw Unavailable()).Write(batch, durably ? _durable : _soon);
        }
        catch (RocksDbException e)
        {
            (_failure, _failedAt) = (e, _time.GetTimestamp());
            throw Unavailable();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Makes the store usable again where a write failed, now and then. The writer's thread only.</summary>
    internal void Recover()
    {
        if (_failure is null)
            return;
        if (_time.GetElapsedTime(_failedAt) < s_betweenTries)
            throw Unavailable();
        ProbeDisk();
        _gate.EnterWriteLock();
        try
        {
            _database?.Dispose();
            _database = null;
            _database = Open();
            _failure = null;
        }
        catch (Exception e) when (e is RocksDbException or IOException or UnauthorizedAccessException)
        {
            (_failure, _failedAt) = (e, _time.GetTimestamp());
            throw Unavailable();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        _gate.EnterWriteLock();
        _database?.Dispose();
        _database = null;
        _gate.ExitWriteLock();
        _gate.Dispose();
    }

    /// <summary>Sees whether the disk takes what opening writes: the memory tables, of which the write-ahead logs are a copy. Until then what is there stays readable.</summary>
    private void ProbeDisk()
    {
        try
        {
            var room = ProbeSize + new DirectoryInfo(_folder).EnumerateFiles("*.log").Sum(log => log.Length);
            using var probe = new FileStream(Path.Combine(_folder, "PROBE"), new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = room, Options = FileOptions.DeleteOnClose,
            });
            probe.Write(new byte[ProbeSize]);
            probe.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (_failure, _failedAt) = (e, _time.GetTimestamp());
            throw Unavailable();
        }
    }

    private RocksDb Open()
    {
        Directory.CreateDirectory(_folder);
        return RocksDb.Open(EmbeddedOptions.Create(), _folder);
    }

    private ChannelLogException Unavailable() =>
        new(ChannelLogError.Unavailable, $"The channel log in {_folder} takes nothing now: {_failure?.Message ?? "it is closed"}", _failure);
}
