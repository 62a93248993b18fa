using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Skytale.Sqlite;

/// <summary>
/// A statement that stays prepared and keeps no value: SQLCipher locks each piece of memory that it takes, so that to prepare a
/// statement costs more than to run it. Ends before its connection does. One caller at a time.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="sql">One statement.</param>
    /// <exception cref="SqliteException">It is none that this database runs.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>The value of a named parameter, with its <c>$</c>, for the next run.</summary>
    public void Bind(string parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, IndexOf(parameter), value));

    /// <inheritdoc cref="Bind(string, long)"/>
    public void Bind(string parameter, string value) => Check(raw.sqlite3_bind_text(_statement, IndexOf(parameter), value));

    /// <summary>The value of a named parameter for the next run: SQLCipher's copy of it is zeroed behind that.</summary>
    public void Bind(string parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, IndexOf(parameter), value));

    /// <summary>Runs it to its end with what was bound, and forgets that.</summary>
    /// <returns>The first column of the first row as a number; null where there is no row.</returns>
    /// <exception cref="SqliteException">What SQLite says.</exception>
    public long? Run()
    {
        try
        {
            long? first = null;
            int result;
            while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
                first ??= raw.sqlite3_column_int64(_statement, 0);
            if (result != raw.SQLITE_DONE)
                Check(result);
            return first;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
            raw.sqlite3_clear_bindings(_statement);
        }
    }

    /// <summary>Ends the statement.</summary>
    public void Dispose() => _statement.Dispose();

    private int IndexOf(string parameter) => raw.sqlite3_bind_parameter_index(_statement, parameter) is > 0 and var index
        ? index
        : throw new ArgumentException($"The statement has no parameter {parameter}.", nameof(parameter));

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException($"SQLite Error {result}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", result & 0xff, result);
    }
}
