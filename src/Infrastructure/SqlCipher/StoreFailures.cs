using Microsoft.Data.Sqlite;
using Skytale.Sdk;
using Skytale.Sqlite;

namespace Skytale.SqlCipher;

/// <summary>What SQLite and SQLCipher say, as an agent's application meets it: the one switch.</summary>
internal static class StoreFailures
{
    public static Exception Translate(Exception exception, string path) => exception switch
    {
        SqliteStoreException { Error: SqliteStoreError.WrongKey } e =>
            new SkytaleException(SkytaleError.StoreKeyWrong, $"The key does not open {path}.", "Use the key that the store was made with.", inner: e),
        SqliteStoreException { Error: SqliteStoreError.NotInstalled } e => new SkytaleException(SkytaleError.NotInstalled, e.Message, "", inner: e),
        SqliteStoreException { Error: SqliteStoreError.Locked } e =>
            new SkytaleException(SkytaleError.StoreInUse, e.Message, "End the other process.", inner: e),
        SqliteStoreException e => new SkytaleException(SkytaleError.StoreCorrupt, e.Message, "", inner: e),
        SqliteException e => new SkytaleException(SkytaleError.StoreCorrupt, $"{path} cannot be read or written: {e.Message}", "Check the disk, or restore the store from a copy.", inner: e),
        UnauthorizedAccessException e => new SkytaleException(SkytaleError.StoreMissing, e.Message, "Check the folder's permissions.", inner: e),
        DirectoryNotFoundException e => new SkytaleException(SkytaleError.StoreMissing, e.Message, "Create the folder first.", inner: e),
        _ => exception,
    };
}
