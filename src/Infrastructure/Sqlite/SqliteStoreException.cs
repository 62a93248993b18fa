namespace Skytale.Sqlite;

/// <summary>Why a database did not open.</summary>
public enum SqliteStoreError
{
    /// <summary>The system has no SQLCipher library; the message says what to install.</summary>
    NotInstalled,

    /// <summary>Another library's SQLite has open databases in this process, or keeps SQLCipher from being used.</summary>
    AnotherSqliteInUse,

    /// <summary>A key was given and the library does not encrypt, or the file is plain SQLite.</summary>
    NotEncrypted,

    /// <summary>The key does not open the file (or the file is no database at all: without the key they look alike).</summary>
    WrongKey,

    /// <summary>Another connection or process holds the database.</summary>
    Locked,

    /// <summary>The file opened and its content is damaged.</summary>
    Corrupt,

    /// <summary>The path cannot be opened: missing folder, no permission, disk full, read-only.</summary>
    CannotOpen,
}

/// <summary>A database that did not open. The message names the path and says what to do; it holds no key.</summary>
public sealed class SqliteStoreException(SqliteStoreError error, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public SqliteStoreError Error { get; } = error;
}
