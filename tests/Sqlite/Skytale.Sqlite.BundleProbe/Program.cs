using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Skytale.Sqlite;

// Usage: <folder> <order>. Writes a marker into folder/store.db and prints what happened on one line: "stored", or the
// SqliteStoreError that kept the store closed. The test looks at the bytes of the file.
var (folder, order) = (args[0], args[1]);
var store = Path.Combine(folder, "store.db");
var key = RandomNumberGenerator.GetBytes(SqliteDatabase.KeySize);
try
{
    switch (order)
    {
        case "bundle-only": // the control: what the trap does to a store that does not look
            using (var plain = new SqliteConnection($"Data Source={store}"))
            {
                plain.Open();
                Run(plain, $"PRAGMA key = \"x'{Convert.ToHexStringLower(key)}'\"");
                WriteMarker(plain);
            }
            break;
        case "bundle-first":
            UseBundle();
            StoreMarker();
            break;
        case "bundle-first-still-open":
            using (var held = Bundle())
            {
                Run(held, "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
                StoreMarker();
            }
            break;
        case "bundle-after":
            StoreMarker();
            SQLitePCL.Batteries_V2.Init();
            UseBundle();
            StoreMarker();
            break;
        case "bundle-forced-after":
            StoreMarker();
            SQLitePCL.raw.FreezeProvider(false);
            SQLitePCL.Batteries_V2.Init();
            UseBundle();
            StoreMarker();
            break;
        default:
            throw new ArgumentException($"unknown order {order}");
    }
    Console.WriteLine("stored");
}
catch (SqliteStoreException refused)
{
    Console.WriteLine(refused.Error);
}

SqliteConnection Bundle()
{
    var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "theirs.db")}");
    connection.Open();
    return connection;
}

void UseBundle()
{
    using var connection = Bundle();
    Run(connection, "CREATE TABLE IF NOT EXISTS theirs (a); INSERT INTO theirs VALUES (1)");
}

void StoreMarker()
{
    using var connection = SqliteDatabase.OpenEncrypted(store, key);
    WriteMarker(connection);
    SqliteDatabase.Checkpoint(connection);
}

static void WriteMarker(SqliteConnection connection) =>
    Run(connection, "CREATE TABLE IF NOT EXISTS ours (text TEXT); INSERT INTO ours VALUES ('the-marker-in-clear')");

static void Run(SqliteConnection connection, string sql)
{
    using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this program.
    command.CommandText = sql;
#pragma warning restore CA2100
    command.ExecuteNonQuery();
}
