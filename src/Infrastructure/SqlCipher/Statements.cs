using Microsoft.Data.Sqlite;
using Skytale.Sqlite;

namespace Skytale.SqlCipher;

/// <summary>The store's statements, each prepared when it is needed first. Used under the store's lock.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    public SqliteStatement For(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
            _prepared[sql] = statement = new SqliteStatement(connection, sql);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
    }
}
