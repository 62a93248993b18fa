using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Skytale.Sqlite;

/// <summary>
/// Opens databases over the process's one SQLite, SQLCipher, with the settings that every store of ours runs with:
/// WAL, <c>synchronous=FULL</c>, foreign keys, and deleted content overwritten.
/// </summary>
public static class SqliteDatabase
{
    /// <summary>Length of a raw database key, in bytes.</summary>
    public const int KeySize = 32;

    private const int BusyTimeoutMilliseconds = 5_000;

    /// <summary>
    /// Opens or creates an encrypted database (mode 0600). It is encrypted or it does not open: nothing is written before
    /// the library has said that it is SQLCipher. The caller owns the connection, which is not pooled and has the database alone.
    /// </summary>
    /// <param name="path">The database file; its folder must exist.</param>
    /// <param name="rawKey">32 bytes, used as they are (no derivation). Not kept; the copy made here is zeroed.</param>
    /// <exception cref="SqliteStoreException">Any failure, with its <see cref="SqliteStoreError"/>.</exception>
    public static SqliteConnection OpenEncrypted(string path, ReadOnlySpan<byte> rawKey)
    {
        if (rawKey.Length != KeySize)
            throw new ArgumentException($"A raw key has {KeySize} bytes.", nameof(rawKey));
        SqlCipherLibrary.EnsureLoaded();
        var created = CreateFile(path);
        var connection = Connect(path);
        try
        {
            connection.Open();
            SetKey(connection, rawKey);
            if (Scalar(connection, "PRAGMA cipher_version") is not string { Length: > 0 })
                throw new SqliteStoreException(SqliteStoreError.NotEncrypted,
                    $"The SQLite of this process does not encrypt: {path} was not opened. Another library replaced SQLCipher.");
            // Its own lines on stderr would repeat what our exception says.
            Execute(connection, "PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON");
            // One connection has it for its life: before the first page is read, so that the log's index needs no shared memory.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Scalar(connection, "SELECT count(*) FROM sqlite_master");
            Configure(connection);
            return connection;
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (created)
                DeleteIfEmpty(path);
            if (exception is SqliteException foreign)
                throw Translate(foreign, path, encrypted: true);
            throw;
        }
    }

    /// <summary>Opens or creates an unencrypted database (mode 0600), as the server's embedded database is. The caller owns the connection.</summary>
    /// <exception cref="SqliteStoreException">Any failure, with its <see cref="SqliteStoreError"/>.</exception>
    public static SqliteConnection OpenPlain(string path)
    {
        SqlCipherLibrary.EnsureLoaded();
        CreateFile(path);
        var connection = Connect(path);
        try
        {
            connection.Open();
            Configure(connection);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Translate(exception, path, encrypted: false);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Encrypts an open database anew (sqlite3_rekey): one transaction, after which no page of the old key is left in the file
    /// or its write-ahead log.
    /// </summary>
    /// <param name="connection">From <see cref="OpenEncrypted"/>, with no transaction open.</param>
    /// <param name="rawKey">32 bytes, used as they are. Not kept; the copy made here is zeroed.</param>
    /// <exception cref="SqliteStoreException">It cannot be written, or another connection holds it; the old key holds.</exception>
    public static void Rekey(SqliteConnection connection, ReadOnlySpan<byte> rawKey)
    {
        if (rawKey.Length != KeySize)
            throw new ArgumentException($"A raw key has {KeySize} bytes.", nameof(rawKey));
        WithLiteral(rawKey, literal =>
        {
            var result = raw.sqlite3_rekey(connection.Handle!, literal);
            if (result != raw.SQLITE_OK)
                throw new SqliteStoreException(SqliteStoreError.CannotOpen, $"{connection.DataSource} could not be encrypted anew (result {result}).");
        });
        Checkpoint(connection);
    }

    /// <summary>Moves the write-ahead log into the database and truncates it, so that no old page stays in it.</summary>
    /// <returns>False when a reader kept the log busy; nothing is lost, try later.</returns>
    public static bool Checkpoint(SqliteConnection connection) =>
        Scalar(connection, "PRAGMA wal_checkpoint(TRUNCATE)") is 0L;

    private static SqliteConnection Connect(string path) => new(new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        // A pooled handle would outlive the check that ours is the active library.
        Pooling = false,
        DefaultTimeout = BusyTimeoutMilliseconds / 1000,
    }.ConnectionString);

    private static void Configure(SqliteConnection connection)
    {
        Execute(connection, $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");
        if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
            throw new SqliteStoreException(SqliteStoreError.CannotOpen, $"{connection.DataSource}: the file system does not support a write-ahead log.");
        // journal_size_limit = 0: the log is truncated, not overwritten from the start, after each checkpoint.
        Execute(connection, "PRAGMA journal_size_limit = 0; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
    }

    private static void SetKey(SqliteConnection connection, ReadOnlySpan<byte> rawKey) => WithLiteral(rawKey, literal =>
    {
        var result = raw.sqlite3_key(connection.Handle!, literal);
        if (result != raw.SQLITE_OK)
            throw new SqliteStoreException(SqliteStoreError.NotEncrypted, $"SQLCipher refused the key (result {result}).");
    });

    /// <summary>SQLCipher's raw key syntax, <c>x'64 hex digits'</c>, handed over without becoming a managed string.</summary>
    private static void WithLiteral(ReadOnlySpan<byte> rawKey, Action<ReadOnlySpan<byte>> use)
    {
        Span<byte> literal = stackalloc byte[2 * KeySize + 3];
        try
        {
            "x'"u8.CopyTo(literal);
            Convert.TryToHexStringLower(rawKey, literal[2..], out var digits);
            literal[2 + digits] = (byte)'\'';
            use(literal);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(literal);
        }
    }

    private static bool CreateFile(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, options).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SqliteStoreException(SqliteStoreError.CannotOpen, $"{path} cannot be created: {exception.Message}", exception);
        }
    }

    private static void DeleteIfEmpty(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            File.Delete(path);
    }

    private static SqliteStoreException Translate(SqliteException exception, string path, bool encrypted) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB when encrypted && IsPlain(path) => new(SqliteStoreError.NotEncrypted, $"{path} is an unencrypted database; it is not opened with a key.", exception),
        raw.SQLITE_NOTADB when encrypted => new(SqliteStoreError.WrongKey, $"{path} does not open with this key.", exception),
        raw.SQLITE_NOTADB => new(SqliteStoreError.Corrupt, $"{path} is not a database, or an encrypted one.", exception),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(SqliteStoreError.Locked, $"{path} is in use by another process or connection.", exception),
        raw.SQLITE_CORRUPT => new(SqliteStoreError.Corrupt, $"{path} is damaged: {exception.Message}", exception),
        _ => new(SqliteStoreError.CannotOpen, $"{path} cannot be opened: {exception.Message}", exception),
    };

    private static bool IsPlain(string path)
    {
        Span<byte> head = stackalloc byte[16];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("SQLite format 3\0"u8);
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this file come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql) => Scalar(connection, sql);
}
